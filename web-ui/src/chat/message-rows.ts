import { dayKey } from '../ui/format.ts'
import type {
  FileEntry,
  MembershipEntry,
  MessageEntry,
  OtherEntry,
  PinnedEntry,
  ShownEntry,
  SiteEntry,
} from '../wire/frames.ts'
import { continuesLine } from './memberships.ts'

/** One line of the conversation. `key` is stable while the log slides and grows. */
export type Row =
  | { readonly row: 'day'; readonly key: string; readonly at: Date }
  | { readonly row: 'unread'; readonly key: string }
  | {
      /** Who came and went, one or many in a row on one day. */
      readonly row: 'memberships'
      readonly key: string
      readonly entries: readonly MembershipEntry[]
    }
  | {
      /** Who pinned what, one or many in a row on one day. */
      readonly row: 'pins'
      readonly key: string
      readonly entries: readonly PinnedEntry[]
    }
  | { readonly row: 'site'; readonly key: string; readonly entry: SiteEntry }
  | { readonly row: 'other'; readonly key: string; readonly entry: OtherEntry }
  | {
      readonly row: 'said'
      readonly key: string
      readonly entry: MessageEntry | FileEntry
      /** The first of several by one sender: it shows who. */
      readonly opens: boolean
    }

/** Messages of one sender within this time stand together. */
export const groupMillisMax = 5 * 60_000

/** @param unreadSeq the message before which the line stands that says what is new; `null` for none */
export function rowsOf(entries: readonly ShownEntry[], unreadSeq: number | null): Row[] {
  const rows: Row[] = []
  let previous: ShownEntry | null = null
  for (const entry of entries) {
    const rules = rulesBefore(previous, entry, unreadSeq)
    rows.push(...rules)
    const key = `${entry.seq}`
    if (entry.kind === 'message' || entry.kind === 'file') {
      const opens = rules.length > 0 || !continues(previous, entry)
      rows.push({ row: 'said', key, entry, opens })
    } else if (entry.kind === 'site') {
      rows.push({ row: 'site', key, entry })
    } else if (entry.kind === 'other') {
      rows.push({ row: 'other', key, entry })
    } else if (entry.kind === 'pinned') {
      addPin(rows, previous, entry)
    } else {
      addMembership(rows, previous, entry)
    }
    previous = entry
  }
  return rows
}

/** The key of a line stays as the line grows. */
function addMembership(rows: Row[], previous: ShownEntry | null, entry: MembershipEntry): void {
  const line = rows.at(-1)
  if (line?.row === 'memberships' && continuesLine(previous, entry)) {
    rows[rows.length - 1] = { ...line, entries: [...line.entries, entry] }
  } else {
    rows.push({ row: 'memberships', key: `${entry.seq}`, entries: [entry] })
  }
}

function addPin(rows: Row[], previous: ShownEntry | null, entry: PinnedEntry): void {
  const line = rows.at(-1)
  if (line?.row === 'pins' && continuesLine(previous, entry)) {
    rows[rows.length - 1] = { ...line, entries: [...line.entries, entry] }
  } else {
    rows.push({ row: 'pins', key: `${entry.seq}`, entries: [entry] })
  }
}

function rulesBefore(
  previous: ShownEntry | null,
  entry: ShownEntry,
  unreadSeq: number | null,
): Row[] {
  const rules: Row[] = []
  const at = new Date(entry.sentAt)
  if (previous === null || dayKey(new Date(previous.sentAt)) !== dayKey(at)) {
    rules.push({ row: 'day', key: `day-${entry.seq}`, at })
  }
  if (entry.seq === unreadSeq) {
    rules.push({ row: 'unread', key: 'unread' })
  }
  return rules
}

function continues(previous: ShownEntry | null, entry: ShownEntry): boolean {
  return (
    previous !== null &&
    (previous.kind === 'message' || previous.kind === 'file') &&
    previous.personId === entry.personId &&
    Date.parse(entry.sentAt) - Date.parse(previous.sentAt) < groupMillisMax
  )
}
