import { describe, expect, it } from 'vitest'
import type { ShownEntry } from '../wire/frames.ts'
import {
  followLog,
  hidesOlder,
  newerWindow,
  newestWindow,
  olderWindow,
  shownEntries,
  windowAround,
  windowMax,
} from './entry-window.ts'
import { emptyLog, type RoomLog } from './room-log.ts'

function logOf(after: number, count: number): RoomLog {
  const entries = Array.from({ length: count }, (_, at): ShownEntry => {
    const seq = after + at + 1
    return message(seq)
  })
  return { ...emptyLog(after), last: after + count, entries }
}

function logWith(entries: readonly ShownEntry[]): RoomLog {
  return { ...emptyLog(0), last: entries.at(-1)?.seq ?? 0, entries }
}

const sentAt = '2026-11-23T08:00:00Z'

function message(seq: number): ShownEntry {
  const clientMessageId = `c${seq}`
  return { seq, kind: 'message', personId: 'p', name: 'ada', sentAt, clientMessageId, text: 'hi' }
}

function joined(seq: number, at = sentAt): ShownEntry {
  return { seq, kind: 'joined', personId: `p${seq}`, name: `p${seq}`, sentAt: at }
}

function ends(window: ReturnType<typeof newestWindow>, log: RoomLog) {
  const shown = shownEntries(window, log)
  return [shown[0]?.seq, shown.at(-1)?.seq]
}

describe('the window over a log', () => {
  const log = logOf(0, 10_000)

  it('begins at the newest entries', () => {
    expect(ends(newestWindow(log), log)).toEqual([10_001 - windowMax, 10_000])
  })

  it('opens around an entry, wherever it stands', () => {
    for (const seq of [1, 100, 5_000, 9_950, 10_000]) {
      const window = windowAround(log, seq)
      const [first = 0, last = 0] = ends(window, log)
      expect(first).toBeLessThanOrEqual(seq)
      expect(last).toBeGreaterThanOrEqual(seq)
      expect(shownEntries(window, log).length).toBeLessThanOrEqual(windowMax)
      expect(window.bottom === null).toBe(last === 10_000)
    }
    expect(ends(windowAround(log, 5_000), log)).toEqual([4_881, 5_120])
  })

  it('shows all of a short log', () => {
    const short = logOf(50, 3)
    expect(ends(newestWindow(short), short)).toEqual([51, 53])
    expect(hidesOlder(newestWindow(short), short)).toBe(false)
  })

  it('reaches the first entry and comes back to the last, never showing too many', () => {
    let window = newestWindow(log)
    while (hidesOlder(window, log)) {
      window = olderWindow(window, log)
      expect(shownEntries(window, log).length).toBeLessThanOrEqual(windowMax)
    }
    expect(ends(window, log)[0]).toBe(1)
    while (window.bottom !== null) {
      window = newerWindow(window, log)
      expect(shownEntries(window, log).length).toBeLessThanOrEqual(windowMax)
    }
    expect(ends(window, log)[1]).toBe(10_000)
  })

  it('goes along with the end if the reader is there', () => {
    const grown = logOf(0, 10_500)
    expect(ends(followLog(newestWindow(log), grown, true), grown)[1]).toBe(10_500)
  })

  it('keeps the rows of somebody who reads further up', () => {
    const grown = logOf(0, 10_020)
    const window = newestWindow(log)
    expect(followLog(window, grown, false)).toEqual(window)
  })

  it('stops growing under somebody who reads further up', () => {
    const grown = logOf(0, 11_000)
    let window = followLog(newestWindow(log), grown, false)
    expect(window.bottom).toBe(11_000)
    window = followLog(window, logOf(0, 20_000), false)
    expect(ends(window, logOf(0, 20_000))[1]).toBe(11_000)
  })

  it('begins again if the log was replaced', () => {
    const replaced = logOf(0, 5)
    expect(ends(followLog({ top: 900, bottom: null }, replaced, false), replaced)).toEqual([1, 5])
  })

  it('slides over places that have no row of their own', () => {
    // Every other place is an edit.
    const entries = Array.from({ length: 2_000 }, (_, at) => message(2 * at + 1))
    const edits: RoomLog = { ...emptyLog(0), last: 4_000, entries }
    let window = newestWindow(edits)
    expect(shownEntries(window, edits)).toHaveLength(windowMax)
    while (hidesOlder(window, edits)) {
      window = olderWindow(window, edits)
      expect(shownEntries(window, edits).length).toBeLessThanOrEqual(windowMax)
    }
    expect(ends(window, edits)[0]).toBe(1)
    while (window.bottom !== null) {
      window = newerWindow(window, edits)
      expect(shownEntries(window, edits).length).toBeLessThanOrEqual(windowMax)
    }
    expect(ends(window, edits)[1]).toBe(3_999)
  })

  it('counts comings and goings in a row as one line, as they are shown', () => {
    const crowd = Array.from({ length: 400 }, (_, at) => joined(at + 1))
    const said = Array.from({ length: windowMax - 1 }, (_, at) => message(at + 401))
    const mixed: RoomLog = logWith([...crowd, ...said])
    const window = newestWindow(mixed)
    expect(ends(window, mixed)).toEqual([1, 400 + windowMax - 1])
    expect(hidesOlder(window, mixed)).toBe(false)
    expect(followLog(window, mixed, false)).toBe(window)
  })

  it('is not filled by comings and goings on different days or by very many', () => {
    const days = Array.from({ length: 1_000 }, (_, at) =>
      joined(at + 1, new Date(Date.UTC(2020, 0, at + 1, 12)).toISOString()),
    )
    const slow: RoomLog = logWith(days)
    expect(ends(newestWindow(slow), slow)).toEqual([1_001 - windowMax, 1_000])
    const crowd = Array.from({ length: 200_000 }, (_, at) => joined(at + 1))
    const fast: RoomLog = logWith(crowd)
    expect(shownEntries(newestWindow(fast), fast).length).toBeLessThan(200_000)
  })

  it('slides over lines of many comings and goings to the first entry and back', () => {
    const entries = Array.from({ length: 3_000 }, (_, at) =>
      at % 10 < 5 ? joined(at + 1) : message(at + 1),
    )
    const log: RoomLog = logWith(entries)
    let window = newestWindow(log)
    for (let steps = 0; hidesOlder(window, log); steps++) {
      expect(steps).toBeLessThan(100)
      window = olderWindow(window, log)
    }
    expect(window.top).toBe(1)
    for (let steps = 0; window.bottom !== null; steps++) {
      expect(steps).toBeLessThan(100)
      const next = newerWindow(window, log)
      // What was shown at the lower end stays in sight.
      expect(next.top).toBeLessThanOrEqual((window.bottom ?? 0) + 1)
      window = next
    }
    expect(ends(window, log)[1]).toBe(3_000)
  })
})
