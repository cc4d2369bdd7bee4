import { describe, expect, it } from 'vitest'
import type { Entry } from '../wire/frames.ts'
import {
  followLog,
  hidesOlder,
  newerWindow,
  newestWindow,
  olderWindow,
  shownEntries,
  windowMax,
} from './entry-window.ts'
import { emptyLog, type RoomLog } from './room-log.ts'

function logOf(after: number, count: number): RoomLog {
  const entries = Array.from({ length: count }, (_, at): Entry => {
    const seq = after + at + 1
    return { seq, kind: 'joined', personId: 'p', name: 'ada', sentAt: '2026-11-23T08:00:00Z' }
  })
  return { ...emptyLog(after), entries }
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
})
