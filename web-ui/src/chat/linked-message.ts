import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { indexFrom } from './entry-changes.ts'
import { continuesLine } from './memberships.ts'
import { isCaughtUp, lastSeq, type RoomLog } from './room-log.ts'

/** So far back, in entries, a link to a message reads a room's past by itself. */
export const linkedEntriesMax = 5_000

export type Search = 'there' | 'waiting' | 'older' | 'too-far' | 'unknown'

/** What is to be done to come to an entry. */
export function searchFor(log: RoomLog, seq: number): Search {
  if (seq > log.after && seq <= lastSeq(log)) {
    return 'there'
  }
  if (!isCaughtUp(log)) {
    return 'waiting'
  }
  if (seq > lastSeq(log)) {
    return 'unknown'
  }
  return lastSeq(log) - seq > linkedEntriesMax ? 'too-far' : 'older'
}

/**
 * The `seq` of the row that an entry is shown in: comings and goings share that of the last one,
 * and what has no row leads to the one before it.
 */
export function rowSeqOf(log: RoomLog, seq: number): number {
  let at = Math.max(0, indexFrom(log.entries, seq + 1) - 1)
  for (let next = log.entries[at + 1]; next !== undefined; next = log.entries[at + 1]) {
    if (!continuesLine(log.entries[at], next)) {
      break
    }
    at += 1
  }
  return log.entries[at]?.seq ?? seq
}

export interface LinkedMessage {
  /** The row that the address names, once it is shown. */
  readonly seq: number | null
  readonly search: Search | null
  /** How often the reader was brought to it. */
  readonly arrivals: number
  /** Goes there once more: the same link was followed again. */
  readonly again: () => void
}

/** Brings the reader to the message that the address names, reading older ones if need be. */
export function useLinkedMessage(
  log: RoomLog,
  linked: number | null,
  loadOlder: () => void,
  jumpTo: (seq: number) => void,
): LinkedMessage {
  const [wanted, setWanted] = useState(linked)
  const [seq, setSeq] = useState<number | null>(null)
  const [arrivals, setArrivals] = useState(0)
  const [named, setNamed] = useState(linked)
  if (named !== linked) {
    setNamed(linked)
    setWanted(linked)
    setSeq(null)
  }
  const search = wanted === null ? null : searchFor(log, wanted)
  const act = useRef({ loadOlder, jumpTo })
  act.current = { loadOlder, jumpTo }
  // Each piece that arrives is looked at again: before the browser tells of scrolling that was meant for
  // the end of the list.
  useLayoutEffect(() => {
    if (wanted === null) {
      return
    }
    const now = searchFor(log, wanted)
    if (now === 'older') {
      act.current.loadOlder()
    } else if (now === 'there') {
      const row = rowSeqOf(log, wanted)
      act.current.jumpTo(row)
      setSeq(row)
      setArrivals((before) => before + 1)
      setWanted(null)
    }
  }, [log, wanted])
  const again = useCallback(() => setWanted(linked), [linked])
  return { seq, search, arrivals, again }
}
