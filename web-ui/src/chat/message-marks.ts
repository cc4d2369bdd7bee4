import type { Entry, MarkEntry, MessageEntry, Pin, Reaction, ShownEntry } from '../wire/frames.ts'

/** A message that answers another one came, or was deleted: it counts in the other one. */
export interface ReplyCount {
  readonly kind: 'reply-added' | 'reply-deleted'
  /** The place of the log at which that happened. */
  readonly seq: number
  readonly replyTo: number
}

/** What counts behind the `asOf` of a message. */
export type Mark = MarkEntry | ReplyCount

/**
 * What entries about reactions, pins and replies make of messages (contracts/chat/frames.md, "Counting"). A
 * message says up to which place of the log it has them: an entry counts once, behind that place.
 */

/** Entries that may wait for the messages that they mark; of more, the oldest ones are lost. */
export const waitingMarksMax = 1_000

export function isMark(entry: Entry): entry is MarkEntry {
  return (
    entry.kind === 'reacted' ||
    entry.kind === 'unreacted' ||
    entry.kind === 'pinned' ||
    entry.kind === 'unpinned'
  )
}

export function markedSeq(mark: Mark): number {
  switch (mark.kind) {
    case 'reply-added':
    case 'reply-deleted':
      return mark.replyTo
    case 'reacted':
      return mark.reacted.targetSeq
    case 'unreacted':
      return mark.unreacted.targetSeq
    case 'pinned':
      return mark.pinned.targetSeq
    case 'unpinned':
      return mark.unpinned.targetSeq
  }
}

export function isReplyCount(mark: { readonly kind: string }): mark is ReplyCount {
  return mark.kind === 'reply-added' || mark.kind === 'reply-deleted'
}

/** The place of the log up to which the message has its marks. */
export function asOfMessage(message: MessageEntry): number {
  return message.asOf ?? message.seq
}

/**
 * The message with the mark, or the same message if it has it already. A message that was deleted
 * keeps only its replies.
 */
export function marked(message: MessageEntry, mark: Mark, me: string): MessageEntry {
  if (mark.seq <= asOfMessage(message)) {
    return message
  }
  const asOf = mark.seq
  if (isReplyCount(mark)) {
    return { ...withReply(message, mark), asOf }
  }
  if (message.deleted !== undefined) {
    return message
  }
  switch (mark.kind) {
    case 'reacted':
    case 'unreacted': {
      const emoji = mark.kind === 'reacted' ? mark.reacted.emoji : mark.unreacted.emoji
      const by = { one: mark.kind === 'reacted' ? 1 : -1, mine: mark.personId === me } as const
      return withReactions({ ...message, asOf }, counted(message.reactions ?? [], emoji, by))
    }
    case 'pinned': {
      const { personId, name, displayName, sentAt: at } = mark
      const pinned: Pin = {
        personId,
        name,
        ...(displayName === undefined ? {} : { displayName }),
        at,
      }
      return { ...message, asOf, pinned }
    }
    case 'unpinned': {
      const { pinned: _, ...rest } = message
      return { ...rest, asOf }
    }
  }
}

/** A message with one more or one less reply. */
function withReply(message: MessageEntry, count: ReplyCount): MessageEntry {
  const { replies: before = 0, ...rest } = message
  const replies = before + (count.kind === 'reply-added' ? 1 : -1)
  return replies > 0 ? { ...rest, replies } : rest
}

/** One more or one less reaction of this emoji; a new one stands last, and none is left out. */
export function counted(
  reactions: readonly Reaction[],
  emoji: string,
  by: { readonly one: 1 | -1; readonly mine: boolean },
): readonly Reaction[] {
  const before = reactions.find((each) => each.emoji === emoji)
  if (before === undefined) {
    return by.one > 0 ? [...reactions, { emoji, count: 1, mine: by.mine }] : reactions
  }
  const count = before.count + by.one
  const now = { emoji, count, mine: by.mine ? by.one > 0 : before.mine }
  return reactions.flatMap((each) => (each !== before ? [each] : count > 0 ? [now] : []))
}

function withReactions(message: MessageEntry, reactions: readonly Reaction[]): MessageEntry {
  const { reactions: _, ...rest } = message
  return reactions.length === 0 ? rest : { ...rest, reactions }
}

/** A message that was deleted has no reactions and no pin. */
export function withoutMarks(message: MessageEntry): MessageEntry {
  const { reactions: _, pinned: __, ...rest } = message
  return rest
}

/** `message` with the marks of the one of two answers that knows more of the log. */
export function withNewerMarks(
  message: MessageEntry,
  before: MessageEntry,
  now: MessageEntry,
): MessageEntry {
  const newer = asOfMessage(now) > asOfMessage(before) ? now : before
  if (asOfMessage(newer) === asOfMessage(message)) {
    return message
  }
  const { reactions, pinned, replies, asOf } = newer
  const { asOf: _, replies: __, ...rest } = withoutMarks(message)
  return {
    ...rest,
    ...(reactions === undefined ? {} : { reactions }),
    ...(pinned === undefined ? {} : { pinned }),
    ...(replies === undefined ? {} : { replies }),
    ...(asOf === undefined ? {} : { asOf }),
  }
}

/** Marks of messages that are under way, in the order of the log. */
export interface WaitingMarks {
  readonly marks: readonly Mark[]
  /** What was heard up to this place may be missing; 0 if nothing is. */
  readonly lostTo: number
}

export const noWaitingMarks: WaitingMarks = { marks: [], lostTo: 0 }

export function withWaiting(waiting: WaitingMarks, marks: readonly Mark[]): WaitingMarks {
  if (marks.length === 0) {
    return waiting
  }
  const all = [...waiting.marks, ...marks]
  const lost = all.slice(0, -waitingMarksMax)
  return { marks: all.slice(-waitingMarksMax), lostTo: lost.at(-1)?.seq ?? waiting.lostTo }
}

/** Would marks that were lost be missing in these entries? */
export function missesMarks(entries: readonly ShownEntry[], { lostTo }: WaitingMarks): boolean {
  return lostTo > 0 && entries.some((each) => each.kind === 'message' && asOfMessage(each) < lostTo)
}

/** The entries with the marks that waited for them. */
export function withMarks(
  entries: readonly ShownEntry[],
  marks: readonly Mark[],
  me: string,
): readonly ShownEntry[] {
  if (marks.length === 0) {
    return entries
  }
  return entries.map((entry) =>
    entry.kind === 'message'
      ? marks
          .filter((mark) => markedSeq(mark) === entry.seq)
          .reduce((now, mark) => marked(now, mark, me), entry)
      : entry,
  )
}
