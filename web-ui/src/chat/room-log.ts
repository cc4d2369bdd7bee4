import type { Entry } from '../wire/frames.ts'

/** A message of ours that is not in the log yet. */
export interface PendingMessage {
  readonly clientMessageId: string
  readonly text: string
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
 * What this page holds of one room's log: a piece without gaps from behind `after` to the newest
 * entry, and our own messages that are on their way.
 */
export interface RoomLog {
  /** The place that the first entry stands behind; 0 is the beginning of the room. */
  readonly after: number
  readonly entries: readonly Entry[]
  readonly pending: readonly PendingMessage[]
  readonly olderRequested: boolean
  /** The server sends us this room's entries as they come. */
  readonly subscribed: boolean
  /** The newest `seq` when we subscribed: before it is here we are catching up. */
  readonly target: number
  /** What is known of entries that were here, or were never, up to a place. */
  readonly unheld: Unheld
}

/** Up to `seq`, at most `unread` entries are news; infinitely many if nobody counted them. */
export interface Unheld {
  readonly seq: number
  readonly unread: number
}

export function emptyLog(after: number): RoomLog {
  return {
    after,
    entries: [],
    pending: [],
    olderRequested: false,
    subscribed: false,
    target: after,
    unheld: { seq: after, unread: Number.POSITIVE_INFINITY },
  }
}

/** A log of which nothing is here but our own messages that are on their way. */
export function emptiedLog(log: RoomLog, after: number): RoomLog {
  return { ...emptyLog(after), pending: log.pending }
}

/** The log without its entries, which may be read again: it stays in its place, and knows what is unread. */
export function withoutEntries(log: RoomLog, readSeq: number, me: string): RoomLog {
  const seq = lastSeq(log)
  const unread = unreadCount(log, readSeq, me)
  return {
    ...log,
    after: seq,
    entries: [],
    olderRequested: false,
    unheld: { seq, unread },
  }
}

/** The log at a later place, to which nobody sent us the entries: any of them may be news. */
export function skipTo(log: RoomLog, seq: number): RoomLog {
  const unread = log.unheld.unread + seq - lastSeq(log)
  return { ...emptiedLog(log, seq), unheld: { seq, unread } }
}

/** The newest `seq` that is here: where a new subscription starts. */
export function lastSeq(log: RoomLog): number {
  return log.entries.at(-1)?.seq ?? log.after
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
  return {
    log: {
      ...log,
      entries: [...log.entries, ...added],
      pending: withoutEchoed(log.pending, added, me),
    },
    gap,
  }
}

function withoutEchoed(
  pending: readonly PendingMessage[],
  entries: readonly Entry[],
  me: string,
): readonly PendingMessage[] {
  if (pending.length === 0) {
    return pending
  }
  const echoed = new Set(entries.map((entry) => ownMessageId(entry, me)))
  return pending.filter((message) => !echoed.has(message.clientMessageId))
}

function ownMessageId(entry: Entry, me: string): string | null {
  return entry.kind === 'message' && entry.personId === me ? entry.clientMessageId : null
}

/** Adds a piece of history in front; one that does not fit there (any more) is left out. */
export function prependHistory(
  log: RoomLog,
  older: readonly Entry[],
  more: boolean,
  me: string,
): RoomLog {
  const fitting = older.filter((entry) => entry.seq <= log.after)
  const first = fitting[0]
  if (first === undefined || fitting.at(-1)?.seq !== log.after) {
    return { ...log, olderRequested: false, after: older.length === 0 && !more ? 0 : log.after }
  }
  return {
    ...log,
    olderRequested: false,
    after: more ? first.seq - 1 : 0,
    entries: [...fitting, ...log.entries],
    pending: withoutEchoed(log.pending, fitting, me),
  }
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

export const unreadShownMax = 99

/**
 * How many messages of others stand behind `readSeq`; more than `unreadShownMax` is not counted. Of
 * entries that are not here, and that nobody counted, each may be one.
 */
export function unreadCount(log: RoomLog, readSeq: number, me: string): number {
  const { seq, unread } = log.unheld
  const counted = Number.isFinite(unread) ? seq : log.after
  let count = log.after <= readSeq ? 0 : Math.max(0, Math.min(unread, counted - readSeq))
  const from = log.after <= readSeq ? readSeq : Math.max(readSeq, counted)
  for (let at = log.entries.length - 1; at >= 0 && count <= unreadShownMax; at--) {
    const entry = log.entries[at]
    if (entry === undefined || entry.seq <= from) {
      break
    }
    const counts = entry.kind === 'message' || entry.kind === 'file'
    count += counts && entry.personId !== me ? 1 : 0
  }
  return count
}
