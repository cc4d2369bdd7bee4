import type { ChangeEntry, MessageEntry } from '../wire/frames.ts'
import { changed, newerOf, targetOf } from './entry-changes.ts'

/**
 * Messages that are not here, but that messages here answer, by `seq`: no more than there are
 * entries.
 */
export type Quoted = ReadonlyMap<number, MessageEntry>

export const noQuoted: Quoted = new Map()

export function withQuoted(quoted: Quoted, messages: readonly MessageEntry[]): Quoted {
  if (messages.length === 0) {
    return quoted
  }
  const all = new Map(quoted)
  for (const message of messages) {
    const before = all.get(message.seq)
    all.set(message.seq, before === undefined ? message : newerOf(before, message))
  }
  return all
}

export function withQuotedChanges(quoted: Quoted, changes: readonly ChangeEntry[]): Quoted {
  const about = changes.filter((change) => quoted.has(targetOf(change)))
  if (about.length === 0) {
    return quoted
  }
  const all = new Map(quoted)
  for (const change of about) {
    const message = all.get(targetOf(change))
    if (message !== undefined) {
      all.set(message.seq, changed(message, change))
    }
  }
  return all
}

/** Without those behind `after`: they are here now. */
export function withoutHeld(quoted: Quoted, after: number): Quoted {
  return new Map([...quoted].filter(([seq]) => seq <= after))
}
