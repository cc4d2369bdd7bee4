import type {
  ChangeEntry,
  DeletedEntry,
  EditedEntry,
  Entry,
  MessageEntry,
  ShownEntry,
} from '../wire/frames.ts'
import { withNewerMarks, withoutMarks } from './message-marks.ts'

/**
 * What entries about others make of messages (contracts/chat/frames.md, "Entries about others").
 * They may come in any order and as often as they like: an edit counts if it is newer than the
 * message's version, and what is deleted stays deleted.
 */

export function isChange(entry: Entry): entry is ChangeEntry {
  return entry.kind === 'edited' || entry.kind === 'deleted'
}

export function targetOf(change: ChangeEntry): number {
  return change.kind === 'edited' ? change.edited.targetSeq : change.deleted.targetSeq
}

/** The `seq` of the entry that gave the message its text. */
export function versionOf(message: MessageEntry): number {
  return message.version ?? message.seq
}

/** The message with the change, or the same message if the change counts for nothing. */
export function changed(message: MessageEntry, change: ChangeEntry): MessageEntry {
  return change.kind === 'deleted' ? deleted(message, change) : edited(message, change)
}

function edited(before: MessageEntry, { seq, sentAt, edited }: EditedEntry): MessageEntry {
  if (before.deleted !== undefined || seq <= versionOf(before)) {
    return before
  }
  const { mentions: _, ...message } = before
  const { targetSeq: __, ...now } = edited
  return { ...message, ...now, version: seq, editedAt: sentAt }
}

function deleted(message: MessageEntry, change: DeletedEntry): MessageEntry {
  const { personId, name, displayName, sentAt: at } = change
  const by = { personId, name, ...(displayName === undefined ? {} : { displayName }) }
  return { ...withoutContent(message), deleted: { ...by, at } }
}

/** What is left of a message when it is deleted. */
export function withoutContent(message: MessageEntry): MessageEntry {
  const { mentions: _, ...rest } = withoutMarks(message)
  return { ...rest, text: '' }
}

/** Of two answers about one message, the one that is true now. */
export function newerOf(before: MessageEntry, now: MessageEntry): MessageEntry {
  const isNewer = now.deleted !== undefined || versionOf(now) > versionOf(before)
  const newer = before.deleted === undefined && isNewer ? now : before
  return newer.deleted === undefined ? withNewerMarks(newer, before, now) : newer
}

/** Of changes of one message only one counts: a deletion, or else the newest edit. */
export function addChange(
  changes: ReadonlyMap<number, ChangeEntry>,
  change: ChangeEntry,
): ReadonlyMap<number, ChangeEntry> {
  const before = changes.get(targetOf(change))
  const counts =
    before === undefined ||
    (before.kind === 'edited' && (change.kind === 'deleted' || change.seq > before.seq))
  return counts ? new Map(changes).set(targetOf(change), change) : changes
}

/** The entries with these changes, by the `seq` of their messages. */
export function withChanges(
  entries: readonly ShownEntry[],
  changes: ReadonlyMap<number, ChangeEntry>,
): readonly ShownEntry[] {
  if (changes.size === 0) {
    return entries
  }
  return entries.map((entry) => {
    const change = changes.get(entry.seq)
    return change !== undefined && entry.kind === 'message' ? changed(entry, change) : entry
  })
}

/** The index of the entry at this place or, if it is not here, of the first one behind it. */
export function indexFrom(entries: readonly ShownEntry[], seq: number): number {
  let from = 0
  let to = entries.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((entries[middle]?.seq ?? 0) < seq) {
      from = middle + 1
    } else {
      to = middle
    }
  }
  return from
}
