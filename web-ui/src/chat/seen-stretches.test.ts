import { describe, expect, it } from 'vitest'
import type { ShownEntry } from '../wire/frames.ts'
import { readingOf } from './reading.ts'
import { emptyLog, type RoomLog } from './room-log.ts'
import {
  outside,
  placeBySeeing,
  type Stretch,
  seenStretchesMax,
  shared,
  withoutSeenBehind,
  withSeen,
} from './seen-stretches.ts'

const me = 'ada'
const at = { name: 'x', sentAt: '2026-11-23T08:00:00Z' }

function said(seq: number, personId = 'grace'): ShownEntry {
  return { ...at, seq, personId, kind: 'message', clientMessageId: `c${seq}`, text: 'hi' }
}

function joined(seq: number): ShownEntry {
  return { ...at, seq, personId: 'grace', kind: 'joined' }
}

/** Holds what stands behind `after`; places without an entry are changes of others. */
function logOf(after: number, entries: readonly ShownEntry[], last: number): RoomLog {
  return { ...emptyLog(after), entries, last }
}

function reading(lastReadSeq: number, last: number) {
  const firstUnreadSeq = lastReadSeq + 1
  return readingOf({ lastSeq: last, lastReadSeq, unread: 1, firstUnreadSeq, mentions: [] })
}

function place(log: RoomLog, lastReadSeq: number, ...seen: Stretch[]): number | null {
  const stretches = seen.reduce<readonly Stretch[]>(withSeen, [])
  return placeBySeeing(log, reading(lastReadSeq, log.last), stretches, me)
}

describe('the place of a reader', () => {
  const six = logOf(
    0,
    [1, 2, 3, 4, 5, 6].map((seq) => said(seq)),
    6,
  )

  it('moves to the end of what was seen without a hole', () => {
    expect(place(six, 2, { from: 3, to: 4 })).toBe(4)
    expect(place(six, 2, { from: 1, to: 6 })).toBe(6)
    expect(place(six, 2, { from: 3, to: 4 }, { from: 5, to: 6 })).toBe(6)
  })

  it('stays when somebody jumps to a later or an earlier message', () => {
    expect(place(six, 2, { from: 4, to: 6 })).toBeNull()
    expect(place(six, 2, { from: 1, to: 2 })).toBeNull()
    expect(place(six, 2, { from: 3, to: 3 }, { from: 5, to: 6 })).toBe(3)
  })

  it('moves to the end once what was jumped over has been seen, in whichever order', () => {
    expect(place(six, 2, { from: 5, to: 6 }, { from: 4, to: 4 }, { from: 3, to: 3 })).toBe(6)
  })

  it('moves over what does not count: of oneself, comings, edits', () => {
    const log = logOf(0, [said(1), said(2, me), joined(3), said(6), said(7, me)], 9)
    expect(place(log, 0, { from: 1, to: 1 })).toBe(5)
    expect(place(log, 0, { from: 1, to: 1 }, { from: 6, to: 6 })).toBe(9)
  })

  it('stays while nothing of others was seen', () => {
    expect(place(logOf(0, [said(1, me), joined(2)], 3), 0, { from: 1, to: 2 })).toBeNull()
  })

  it('stays while the page does not have what comes next', () => {
    expect(place(logOf(3, [said(4), said(5)], 5), 2, { from: 4, to: 5 })).toBeNull()
  })

  it('begins behind what the server knows to be no news, though the page does not have it', () => {
    const log = logOf(90, [said(101)], 101)
    const known = readingOf({
      lastSeq: 101,
      lastReadSeq: 2,
      unread: 1,
      firstUnreadSeq: 101,
      mentions: [],
    })
    expect(placeBySeeing(log, known, [{ from: 101, to: 101 }], me)).toBe(101)
  })
})

describe('what was seen', () => {
  it('joins where it touches, and stays in order', () => {
    const seen = [
      { from: 8, to: 9 },
      { from: 1, to: 2 },
      { from: 4, to: 4 },
    ].reduce<readonly Stretch[]>(withSeen, [])
    expect(seen).toEqual([
      { from: 1, to: 2 },
      { from: 4, to: 4 },
      { from: 8, to: 9 },
    ])
    expect(withSeen(seen, { from: 3, to: 7 })).toEqual([{ from: 1, to: 9 }])
    expect(withSeen(seen, { from: 8, to: 8 })).toBe(seen)
  })

  it('is not endless: what lies furthest back is forgotten', () => {
    let seen: readonly Stretch[] = []
    for (let each = 0; each <= seenStretchesMax; each++) {
      seen = withSeen(seen, { from: each * 3, to: each * 3 })
    }
    expect(seen).toHaveLength(seenStretchesMax)
    expect(seen[0]).toEqual({ from: 3, to: 3 })
  })

  it('counts no more behind a place that is marked as unread', () => {
    const seen = [
      { from: 1, to: 5 },
      { from: 7, to: 9 },
    ]
    expect(withoutSeenBehind(seen, 3)).toEqual([{ from: 1, to: 3 }])
  })

  it('has what lies in view anew, and not what stood there already', () => {
    expect(outside({ from: 1, to: 9 }, { from: 3, to: 5 })).toEqual([
      { from: 1, to: 2 },
      { from: 6, to: 9 },
    ])
    expect(outside({ from: 3, to: 5 }, { from: 1, to: 9 })).toEqual([])
    expect(outside({ from: 3, to: 5 }, null)).toEqual([{ from: 3, to: 5 }])
    expect(shared({ from: 1, to: 4 }, { from: 3, to: 9 })).toEqual({ from: 3, to: 4 })
    expect(shared({ from: 1, to: 2 }, { from: 3, to: 9 })).toBeNull()
  })
})
