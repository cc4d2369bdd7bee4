import { dayKey } from '../ui/format.ts'
import type { MembershipEntry, PersonRef, ShownEntry } from '../wire/frames.ts'

/** What became of somebody between the first and the last entry of a run. */
export type MembershipChange = 'joined' | 'left' | 'joined-and-left' | 'left-and-joined'

/** Those of whom the same is to be said, each once, in the order in which they came or went. */
export interface MembershipGroup {
  readonly change: MembershipChange
  readonly people: readonly PersonRef[]
}

/** Comings and goings of one line; its list shows them one by one, and must not be endless. */
export const foldedEntriesMax = 500

export function isMembership(entry: ShownEntry | undefined | null): entry is MembershipEntry {
  return entry?.kind === 'joined' || entry?.kind === 'left'
}

/**
 * Does an entry stand on the line of the one before it? Comings and goings in a row on one day do, and
 * so do pins.
 * Where a line ends does not depend on what else is shown, so that lines stay as the log slides.
 */
export function continuesLine(previous: ShownEntry | undefined | null, entry: ShownEntry): boolean {
  return (
    previous != null &&
    ((isMembership(previous) && isMembership(entry)) ||
      (previous.kind === 'pinned' && entry.kind === 'pinned')) &&
    entry.seq % foldedEntriesMax !== 0 &&
    dayKey(new Date(previous.sentAt)) === dayKey(new Date(entry.sentAt))
  )
}

/** Says a run of comings and goings in a few words: who came, who went, and who did both. */
export function membershipGroups(run: readonly MembershipEntry[]): MembershipGroup[] {
  const people = new Map<string, { first: MembershipEntry; last: MembershipEntry }>()
  for (const entry of run) {
    people.set(entry.personId, { first: people.get(entry.personId)?.first ?? entry, last: entry })
  }
  const groups = new Map<MembershipChange, PersonRef[]>()
  for (const { first, last } of people.values()) {
    const change = changeBetween(first, last)
    const group = groups.get(change)
    if (group === undefined) {
      groups.set(change, [last])
    } else {
      group.push(last)
    }
  }
  return [...groups].map(([change, each]) => ({ change, people: each }))
}

function changeBetween(first: MembershipEntry, last: MembershipEntry): MembershipChange {
  if (first.kind === last.kind) {
    return last.kind
  }
  return first.kind === 'joined' ? 'joined-and-left' : 'left-and-joined'
}
