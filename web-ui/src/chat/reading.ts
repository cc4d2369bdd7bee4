import type { ChangeEntry, ShownEntry } from '../wire/frames.ts'
import type { Unread } from '../wire/reading.ts'
import { indexFrom, targetOf } from './entry-changes.ts'
import { mentionsMe, reaches } from './mentions.ts'
import { isNews, lastSeq, type RoomLog } from './room-log.ts'

/** What is shown of a larger number is `99+`. */
export const unreadShownMax = 99
/** Unread messages that are counted, as the server does: so many may be more. */
export const unreadCountedMax = 100
/** Messages and files that are looked at for it, the newest, as the server does. */
export const unreadLookedMax = 1_000

/** How far a person has read a room, on all devices, and what that leaves unread. */
export interface Reading {
  /** Up to here they have read. */
  readonly place: number
  /** Up to here nothing is unread; not before `place`. */
  readonly clear: number
  /** So much is unread behind `clear`, up to `to`. */
  readonly unread: number
  readonly to: number
  /** So many of these mention the person. */
  readonly mentions: number
  /** The first of them, where the server said so; it may be read or gone by now. */
  readonly firstMention: number | null
  /** Nobody knows better than the server: it is to be asked. */
  readonly guess: boolean
}

/** What the server says. */
export function readingOf(says: Unread): Reading {
  const [firstMention = null] = says.mentions
  return { ...readingOfList({ ...says, mentions: says.mentions.length }), firstMention }
}

/** What the server says in a list of rooms. */
export interface ListedReading extends Omit<Unread, 'mentions'> {
  readonly mentions: number
}

export function readingOfList(says: ListedReading): Reading {
  const { lastSeq: to, lastReadSeq, unread, firstUnreadSeq, mentions } = says
  const place = Math.min(lastReadSeq, to)
  const first = unread === 0 ? to + 1 : (firstUnreadSeq ?? place + 1)
  const clear = Math.max(place, first - 1)
  return { place, clear, unread, to, mentions, firstMention: null, guess: false }
}

/** What is unread now that the log is this one. */
export function recounted(reading: Reading, log: RoomLog, me: string): Reading {
  const { clear, unread, mentions, to } = reading
  const last = Math.max(to, lastSeq(log))
  if (log.after <= clear && lastSeq(log) >= to) {
    const news = newsBehind(log, clear, me)
    return { ...reading, ...news, clear: news.unread === 0 ? last : clear, to: last, guess: false }
  }
  if (lastSeq(log) <= to) {
    return reading
  }
  const more = newsBehind(log, Math.max(to, log.after), me)
  return {
    ...reading,
    unread: Math.min(unreadCountedMax, unread + more.unread),
    mentions: Math.min(unreadCountedMax, mentions + more.mentions),
    to: last,
    guess: reading.guess || log.after > to,
  }
}

/**
 * The person has read up to another place, or marked what follows it as unread. What the log does not
 * hold is guessed until the server says it.
 */
export function movedTo(reading: Reading, place: number, log: RoomLog, me: string): Reading {
  if (place === reading.place) {
    return reading
  }
  const { to, firstMention } = reading
  const clear = place > reading.place ? Math.max(place, reading.clear) : place
  const behind = Math.max(0, to - clear)
  const atMost = clear === reading.clear ? unreadCountedMax : behind
  const unread = Math.min(reading.unread, atMost)
  const mentions = Math.min(reading.mentions, atMost)
  const guess = reading.guess || (clear !== reading.clear && behind > 0)
  const moved = { place, clear, unread, to: Math.max(to, clear), mentions, firstMention, guess }
  return recounted(moved, log, me)
}

/** Somebody deleted a message or gave it another text; `log` is as it was before. */
export function changedIn(
  reading: Reading,
  log: RoomLog,
  change: ChangeEntry,
  me: string,
): Reading {
  const { clear, to, unread, mentions } = reading
  const target = targetOf(change)
  if (change.seq <= to || log.after <= clear || target <= clear || target > to) {
    return reading
  }
  const entry = entryAt(log, target)
  const author = change.kind === 'edited' ? change.personId : entry?.personId
  if (author === me) {
    return reading
  }
  const mentioned = entry === undefined ? mentions > 0 : mentionsMe(entry, me)
  if (change.kind === 'edited') {
    return mentioned || reaches(change.edited.mentions, me) ? { ...reading, guess: true } : reading
  }
  const knows = entry !== undefined && isNews(entry, me) && unread < unreadCountedMax
  return knows
    ? {
        ...reading,
        unread: Math.max(0, unread - 1),
        mentions: Math.max(0, mentions - (mentioned ? 1 : 0)),
      }
    : { ...reading, guess: true }
}

/** The first message or file of others behind a place; `null` if none is here. */
export function firstNews(log: RoomLog, place: number, me: string): ShownEntry | null {
  for (let at = indexFrom(log.entries, place + 1); at < log.entries.length; at++) {
    const entry = log.entries[at]
    if (entry !== undefined && isNews(entry, me)) {
      return entry
    }
  }
  return null
}

/** The first of these that mentions the person; `null` if none here does. */
export function firstMention(log: RoomLog, place: number, me: string): number | null {
  for (let at = indexFrom(log.entries, place + 1); at < log.entries.length; at++) {
    const entry = log.entries[at]
    if (entry !== undefined && mentionsMe(entry, me)) {
      return entry.seq
    }
  }
  return null
}

/** How many entries behind a place mention the person. */
export function mentionsBehind(log: RoomLog, place: number, me: string): number {
  return newsBehind(log, place, me).mentions
}

function newsBehind(log: RoomLog, place: number, me: string): Pick<Reading, 'unread' | 'mentions'> {
  let unread = 0
  let mentions = 0
  let looked = 0
  for (let at = log.entries.length - 1; at >= 0; at--) {
    const entry = log.entries[at]
    if (entry === undefined || entry.seq <= place || looked === unreadLookedMax) {
      break
    }
    looked += stands(entry) ? 1 : 0
    unread += isNews(entry, me) ? 1 : 0
    mentions += mentionsMe(entry, me) ? 1 : 0
  }
  return {
    unread: Math.min(unread, unreadCountedMax),
    mentions: Math.min(mentions, unreadCountedMax),
  }
}

function stands(entry: ShownEntry): boolean {
  return entry.kind === 'file' || (entry.kind === 'message' && entry.deleted === undefined)
}

function entryAt(log: RoomLog, seq: number): ShownEntry | undefined {
  const entry = log.entries[indexFrom(log.entries, seq)]
  return entry?.seq === seq ? entry : undefined
}

/** The number as a list or a title has room for it. */
export function shownCount(unread: number): string {
  return unread > unreadShownMax ? `${unreadShownMax}+` : `${unread}`
}
