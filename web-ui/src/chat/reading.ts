import type { DeletedEntry, ShownEntry } from '../wire/frames.ts'
import type { Unread } from '../wire/reading.ts'
import { indexFrom } from './entry-changes.ts'
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
  /** Nobody knows better than the server: it is to be asked. */
  readonly guess: boolean
}

/** What the server says. */
export function readingOf({ lastSeq: to, lastReadSeq, unread, firstUnreadSeq }: Unread): Reading {
  const place = Math.min(lastReadSeq, to)
  const first = unread === 0 ? to + 1 : (firstUnreadSeq ?? place + 1)
  return { place, clear: Math.max(place, first - 1), unread, to, guess: false }
}

/** What is unread now that the log is this one. */
export function recounted(reading: Reading, log: RoomLog, me: string): Reading {
  const { clear, unread, to } = reading
  const last = Math.max(to, lastSeq(log))
  if (log.after <= clear && lastSeq(log) >= to) {
    const counted = newsBehind(log, clear, me)
    const now = { ...reading, clear: counted === 0 ? last : clear, unread: counted, to: last }
    return { ...now, guess: false }
  }
  if (lastSeq(log) <= to) {
    return reading
  }
  const more = newsBehind(log, Math.max(to, log.after), me)
  const counted = Math.min(unreadCountedMax, unread + more)
  return { ...reading, unread: counted, to: last, guess: reading.guess || log.after > to }
}

/**
 * The person has read up to another place, or marked what follows it as unread. What the log does not
 * hold is guessed until the server says it.
 */
export function movedTo(reading: Reading, place: number, log: RoomLog, me: string): Reading {
  if (place === reading.place) {
    return reading
  }
  const { to } = reading
  const clear = place > reading.place ? Math.max(place, reading.clear) : place
  const behind = Math.max(0, to - clear)
  const unread = clear === reading.clear ? reading.unread : Math.min(reading.unread, behind)
  const guess = reading.guess || (clear !== reading.clear && behind > 0)
  return recounted({ place, clear, unread, to: Math.max(to, clear), guess }, log, me)
}

/** Somebody deleted a message; `log` is as it was before. */
export function deletedIn(
  reading: Reading,
  log: RoomLog,
  { seq, deleted: { targetSeq: target } }: DeletedEntry,
  me: string,
): Reading {
  const { clear, to, unread } = reading
  if (seq <= to || log.after <= clear || target <= clear || target > to) {
    return reading
  }
  const entry = entryAt(log, target)
  if (entry?.personId === me) {
    return reading
  }
  const knows = entry !== undefined && isNews(entry, me) && unread < unreadCountedMax
  return knows ? { ...reading, unread: Math.max(0, unread - 1) } : { ...reading, guess: true }
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

function newsBehind(log: RoomLog, place: number, me: string): number {
  let news = 0
  let looked = 0
  for (let at = log.entries.length - 1; at >= 0; at--) {
    const entry = log.entries[at]
    const enough = news === unreadCountedMax || looked === unreadLookedMax
    if (entry === undefined || entry.seq <= place || enough) {
      break
    }
    looked += stands(entry) ? 1 : 0
    news += isNews(entry, me) ? 1 : 0
  }
  return news
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
