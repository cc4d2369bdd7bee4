import type { ChangeEntry, Entry, FileRef, MessageEntry, ShownEntry } from '../wire/frames.ts'
import {
  addChange,
  changed,
  indexFrom,
  isChange,
  newerOf,
  targetOf,
  withChanges,
} from './entry-changes.ts'
import {
  isMark,
  isReplyCount,
  type Mark,
  marked,
  markedSeq,
  missesMarks,
  noWaitingMarks,
  type WaitingMarks,
  withMarks,
  withWaiting,
} from './message-marks.ts'
import {
  noQuoted,
  type Quoted,
  withoutHeld,
  withQuoted,
  withQuotedChanges,
} from './quoted-messages.ts'
import { lateReplyCounts, replyCounts } from './reply-counts.ts'

/** Places of a log that are asked for at once. */
export const historyPage = 100

/** A message of ours that is not in the log yet. */
export interface PendingMessage {
  readonly clientMessageId: string
  readonly text: string
  /** The `seq` of the message that it answers; absent if it answers none. */
  readonly replyTo?: number
  /** Absent without any. */
  readonly files?: readonly FileRef[]
  /** RFC 3339, by this machine's clock. */
  readonly writtenAt: string
  /** `sent` is acknowledged, and waits for its own echo to take its place in the log. */
  readonly state: 'sending' | 'sent' | 'failed'
  /** The problem's slug, if it failed. */
  readonly problem: string | null
  /** This browser keeps it: it survives a reload. */
  readonly kept: boolean
}

/**
 * What this page holds of one room's log: what its places hold from behind `after` to `last`, and
 * our own messages that are on their way. Messages are as they are now; entries about others have
 * their places, but are not among the entries.
 */
export interface RoomLog {
  /** The place that the first entry stands behind; 0 is the beginning of the room. */
  readonly after: number
  /** The newest place that is here. */
  readonly last: number
  readonly entries: readonly ShownEntry[]
  /** Messages that entries answer and that are not here. */
  readonly quoted: Quoted
  readonly pending: readonly PendingMessage[]
  /** The request for older entries that is under way; `null` for none. */
  readonly older: OlderRequest | null
  /** The server sends us this room's entries as they come. */
  readonly subscribed: boolean
  /** The newest `seq` when we subscribed: before it is here we are catching up. */
  readonly target: number
  /** The newest place at which the room's pins, or what pinned messages say, may have changed. */
  readonly pinsChangedAt: number
}

/**
 * What was heard of the places that were asked for since they were: the answer may be of an earlier
 * moment. Changes by the `seq` of their messages, so that there are no more than {@link historyPage}.
 */
export interface OlderRequest {
  readonly changes: ReadonlyMap<number, ChangeEntry>
  readonly marks: WaitingMarks
}

/** What is at the places `from` to `to`, as it is now. */
export interface HistoryPage {
  readonly entries: readonly ShownEntry[]
  /** What these entries answer and is not among them. */
  readonly quoted?: readonly MessageEntry[]
  readonly from: number
  readonly to: number
}

export function emptyLog(after: number): RoomLog {
  return {
    after,
    last: after,
    entries: [],
    quoted: noQuoted,
    pending: [],
    older: null,
    subscribed: false,
    target: after,
    pinsChangedAt: after,
  }
}

/** A log of which nothing is here but our own messages that are on their way. */
export function emptiedLog(log: RoomLog, after: number): RoomLog {
  return { ...emptyLog(after), pending: log.pending }
}

/** The log without its entries, which may be read again: it stays in its place. */
export function withoutEntries(log: RoomLog): RoomLog {
  return { ...log, after: lastSeq(log), entries: [], quoted: noQuoted, older: null }
}

/** The newest `seq` that is here: where a new subscription starts. */
export function lastSeq(log: RoomLog): number {
  return log.last
}

export function isCaughtUp(log: RoomLog): boolean {
  return log.subscribed && lastSeq(log) >= log.target
}

export interface Appended {
  readonly log: RoomLog
  /** An entry did not follow the last one: the room must be read again from `lastSeq`. */
  readonly gap: boolean
}

/** Adds live entries: what is here already is left out, and nothing is added behind a gap. */
export function appendEntries(log: RoomLog, arrived: readonly Entry[], me: string): Appended {
  const added: Entry[] = []
  let last = lastSeq(log)
  let gap = false
  for (const entry of arrived) {
    if (entry.seq === last + 1) {
      added.push(entry)
      last = entry.seq
    } else if (entry.seq > last) {
      gap = true
      break
    }
  }
  if (added.length === 0) {
    return { log, gap }
  }
  const shown = added.filter(isShown)
  const changes = added.filter(isChange)
  const marks = [...added.filter(isMark), ...replyCounts(log.entries, added)].sort(bySeq)
  return {
    log: {
      ...log,
      last,
      entries: withAdded(log.entries, shown, [...changes, ...marks], me),
      quoted: withQuotedChanges(log.quoted, changes),
      older: withHeard(log, changes, marks),
      pinsChangedAt: added.findLast(changesPins)?.seq ?? log.pinsChangedAt,
      pending: withoutEchoed(log.pending, shown, me),
    },
    gap,
  }
}

function bySeq(one: Mark, other: Mark): number {
  return one.seq - other.seq
}

/** Has it a place of its own in the conversation? A pin has one, and marks its message too. */
function isShown(entry: Entry): entry is ShownEntry {
  return entry.kind === 'pinned' || !(isChange(entry) || isMark(entry))
}

/** May a list of what is pinned be another one after it? */
function changesPins(entry: Entry): boolean {
  return entry.kind === 'pinned' || entry.kind === 'unpinned' || isChange(entry)
}

function withAdded(
  before: readonly ShownEntry[],
  shown: readonly ShownEntry[],
  about: readonly (ChangeEntry | Mark)[],
  me: string,
): readonly ShownEntry[] {
  if (shown.length === 0 && about.length === 0) {
    return before
  }
  const entries = [...before, ...shown]
  for (const entry of about) {
    const isAMark = isReplyCount(entry) || isMark(entry)
    const seq = isAMark ? markedSeq(entry) : targetOf(entry)
    const at = indexFrom(entries, seq)
    const target = entries[at]
    if (target?.kind === 'message' && target.seq === seq) {
      entries[at] = isAMark ? marked(target, entry, me) : changed(target, entry)
    }
  }
  return entries
}

/** The request for older entries, if there is one, with what was heard of what it may bring. */
function withHeard(
  { after, older }: RoomLog,
  changes: readonly ChangeEntry[],
  marks: readonly Mark[],
): OlderRequest | null {
  if (older === null) {
    return null
  }
  const asked = (seq: number) => seq <= after && seq > after - historyPage
  const heard = changes.filter((change) => asked(targetOf(change)))
  return {
    changes: heard.reduce(addChange, older.changes),
    marks: withWaiting(
      older.marks,
      marks.filter((mark) => asked(markedSeq(mark))),
    ),
  }
}

function withoutEchoed(
  pending: readonly PendingMessage[],
  entries: readonly ShownEntry[],
  me: string,
): readonly PendingMessage[] {
  if (pending.length === 0) {
    return pending
  }
  const echoed = new Set(entries.map((entry) => ownMessageId(entry, me)))
  return pending.filter((message) => !echoed.has(message.clientMessageId))
}

function ownMessageId(entry: ShownEntry, me: string): string | null {
  return entry.kind === 'message' && entry.personId === me ? entry.clientMessageId : null
}

const nothingHeard: OlderRequest = { changes: new Map(), marks: noWaitingMarks }

/** Older entries are asked for. */
export function requestOlder(log: RoomLog): RoomLog {
  return { ...log, older: nothingHeard }
}

/** They do not come any more. */
export function withoutOlder(log: RoomLog): RoomLog {
  return log.older === null ? log : { ...log, older: null }
}

/** Adds a piece of history in front; one that does not fit there (any more) is left out. */
export function prependHistory(log: RoomLog, page: HistoryPage, me: string): RoomLog {
  const { entries, from, to } = page
  if (from > log.after || to < log.after) {
    return withoutOlder(log)
  }
  const { changes, marks } = log.older ?? nothingHeard
  const fitting = entries.slice(0, indexFrom(entries, log.after + 1))
  if (missesMarks(fitting, marks)) {
    return withoutOlder(log)
  }
  const counts = lateReplyCounts(fitting, changes.values())
  const all = [...marks.marks, ...counts].sort(bySeq)
  const older = withMarks(withChanges(fitting, changes), all, me)
  return {
    ...log,
    older: null,
    after: from - 1,
    entries: [...older, ...log.entries],
    quoted: withoutHeld(withQuoted(log.quoted, page.quoted ?? []), from - 1),
    pending: withoutEchoed(log.pending, older, me),
  }
}

/** The log with what somebody heard of one message, if it is here and this is newer. */
export function withMessage(log: RoomLog, message: MessageEntry): RoomLog {
  const at = indexFrom(log.entries, message.seq)
  const before = log.entries[at]
  if (before?.kind !== 'message' || before.seq !== message.seq) {
    return log.quoted.has(message.seq) ? { ...log, quoted: withQuoted(log.quoted, [message]) } : log
  }
  const entries = [...log.entries]
  entries[at] = newerOf(before, message)
  return { ...log, entries }
}

/** A message that is here, or that one here answers; `null` if nobody has read it. */
export function messageAt(log: RoomLog, seq: number): MessageEntry | null {
  const entry = log.entries[indexFrom(log.entries, seq)]
  return entry?.kind === 'message' && entry.seq === seq ? entry : (log.quoted.get(seq) ?? null)
}

export function addPending(log: RoomLog, messages: readonly PendingMessage[]): RoomLog {
  return messages.length === 0 ? log : { ...log, pending: [...log.pending, ...messages] }
}

/** The server has it at `seq`: it waits for its echo, or stands already in a part that was read. */
export function acknowledgePending(log: RoomLog, clientMessageId: string, seq: number): RoomLog {
  return seq <= lastSeq(log)
    ? dropPending(log, clientMessageId)
    : changePending(log, clientMessageId, { state: 'sent', problem: null })
}

export function changePending(
  log: RoomLog,
  clientMessageId: string,
  change: Partial<Pick<PendingMessage, 'state' | 'problem' | 'kept'>>,
): RoomLog {
  return {
    ...log,
    pending: log.pending.map((message) =>
      message.clientMessageId === clientMessageId ? { ...message, ...change } : message,
    ),
  }
}

export function dropPending(log: RoomLog, clientMessageId: string): RoomLog {
  return {
    ...log,
    pending: log.pending.filter((message) => message.clientMessageId !== clientMessageId),
  }
}

/** The members of a room now: as they were at `seq`, and who has come and gone since. */
export function membersNow(log: RoomLog, members: number, seq: number): number {
  let count = members
  for (let at = log.entries.length - 1; at >= 0; at--) {
    const entry = log.entries[at]
    if (entry === undefined || entry.seq <= seq) {
      break
    }
    count += entry.kind === 'joined' ? 1 : entry.kind === 'left' ? -1 : 0
  }
  return count
}

/** Did somebody else say something here that still stands? */
export function isNews(entry: ShownEntry, me: string): boolean {
  const stands = entry.kind === 'file' || (entry.kind === 'message' && entry.deleted === undefined)
  return stands && entry.personId !== me
}
