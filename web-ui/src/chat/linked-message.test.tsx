// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ShownEntry } from '../wire/frames.ts'
import { linkedEntriesMax, rowSeqOf, searchFor, useLinkedMessage } from './linked-message.ts'
import { emptyLog, type RoomLog } from './room-log.ts'

const sentAt = '2026-11-23T08:00:00Z'

function message(seq: number): ShownEntry {
  const clientMessageId = `c${seq}`
  return { seq, kind: 'message', personId: 'p', name: 'ada', sentAt, clientMessageId, text: 'hi' }
}

function joined(seq: number): ShownEntry {
  return { seq, kind: 'joined', personId: `p${seq}`, name: `p${seq}`, sentAt }
}

function logOf(after: number, count: number, subscribed = true): RoomLog {
  const entries = Array.from({ length: count }, (_, at) => message(after + at + 1))
  return { ...emptyLog(after), last: after + count, entries, subscribed, target: after + count }
}

const loadOlder = vi.fn()
const jumpTo = vi.fn()
let again: () => void
let arrivals: number

function Reader(props: { readonly log: RoomLog; readonly linked: number | null }) {
  const link = useLinkedMessage(props.log, props.linked, loadOlder, jumpTo)
  again = link.again
  arrivals = link.arrivals
  return null
}

describe('the search for a linked message', () => {
  it('reads older entries until it is there', () => {
    expect(searchFor(logOf(100, 40), 120)).toBe('there')
    expect(searchFor(logOf(100, 40), 100)).toBe('older')
    expect(searchFor(logOf(100, 40), 1)).toBe('older')
  })

  it('waits for the line, and does not look for what is not in the room', () => {
    expect(searchFor(logOf(100, 40, false), 100)).toBe('waiting')
    expect(searchFor(logOf(100, 40), 141)).toBe('unknown')
  })

  it('does not read a whole past', () => {
    const log = logOf(10_000, 40)
    expect(searchFor(log, 10_040 - linkedEntriesMax)).toBe('older')
    expect(searchFor(log, 10_039 - linkedEntriesMax)).toBe('too-far')
  })

  it('finds the line into which somebody who came is folded', () => {
    const entries = [message(1), joined(2), joined(3), message(4)]
    const log = { ...emptyLog(0), last: 4, entries }
    expect([1, 2, 3, 4].map((seq) => rowSeqOf(log, seq))).toEqual([1, 3, 3, 4])
  })

  it('leads to the row before a place that has none, such as that of an edit', () => {
    const log = { ...emptyLog(0), last: 5, entries: [message(2), message(4)] }
    expect([1, 2, 3, 4, 5].map((seq) => rowSeqOf(log, seq))).toEqual([2, 2, 2, 4, 4])
  })
})

describe('the way to a linked message', () => {
  let root: Root
  const show = (log: RoomLog, linked: number | null) =>
    act(() => root.render(<Reader log={log} linked={linked} />))

  beforeEach(() => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
    vi.clearAllMocks()
    root = createRoot(document.createElement('div'))
  })
  afterEach(() => act(() => root.unmount()))

  it('asks for one piece of the past after the other, jumps once, and not when more is said', () => {
    show(logOf(200, 40), 90)
    show(logOf(100, 140), 90)
    expect(loadOlder).toHaveBeenCalledTimes(2)
    expect(jumpTo).not.toHaveBeenCalled()
    show(logOf(0, 240), 90)
    show(logOf(0, 241), 90)
    expect(jumpTo.mock.calls).toEqual([[90]])
  })

  it('is gone again when the same link, or another one, is followed', () => {
    const log = logOf(0, 100)
    show(log, 10)
    act(again)
    expect(arrivals).toBe(2)
    show(log, 20)
    expect(jumpTo.mock.calls).toEqual([[10], [10], [20]])
  })
})
