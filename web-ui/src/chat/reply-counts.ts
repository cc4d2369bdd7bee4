import type { ChangeEntry, DeletedEntry, Entry, ShownEntry } from '../wire/frames.ts'
import { indexFrom } from './entry-changes.ts'
import type { ReplyCount } from './message-marks.ts'

/**
 * What new entries of the log count in the messages that are answered. A reply stands behind what it
 * answers: where that is here, the reply is here, too.
 */
export function replyCounts(before: readonly ShownEntry[], added: readonly Entry[]): ReplyCount[] {
  const here = [...before, ...added.filter((entry) => entry.kind === 'message')]
  return added.flatMap((entry) => {
    if (entry.kind === 'message' && entry.replyTo !== undefined) {
      return [{ kind: 'reply-added', seq: entry.seq, replyTo: entry.replyTo } as const]
    }
    return entry.kind === 'deleted' ? replyDeleted(here, entry) : []
  })
}

/** The same for deletions that were heard of before the messages came. */
export function lateReplyCounts(
  entries: readonly ShownEntry[],
  changes: Iterable<ChangeEntry>,
): ReplyCount[] {
  return [...changes].flatMap((change) =>
    change.kind === 'deleted' ? replyDeleted(entries, change) : [],
  )
}

function replyDeleted(
  entries: readonly ShownEntry[],
  { seq, deleted: { targetSeq } }: DeletedEntry,
): ReplyCount[] {
  const reply = entries[indexFrom(entries, targetSeq)]
  return reply?.kind === 'message' && reply.seq === targetSeq && reply.replyTo !== undefined
    ? [{ kind: 'reply-deleted', seq, replyTo: reply.replyTo }]
    : []
}
