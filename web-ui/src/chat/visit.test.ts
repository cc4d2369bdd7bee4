import { describe, expect, it } from 'vitest'
import type { ShownEntry } from '../wire/frames.ts'
import { movedTo, type Reading, readingOf, recounted } from './reading.ts'
import { emptyLog, type RoomLog } from './room-log.ts'
import { Visit } from './visit.ts'

const me = 'ada'

function logOf(last: number): RoomLog {
  const entries = Array.from({ length: last }, (_, at): ShownEntry => {
    const seq = at + 1
    const said = { name: 'x', sentAt: '2026-11-23T08:00:00Z', clientMessageId: `c${seq}` }
    return { ...said, seq, personId: 'grace', kind: 'message', text: 'hi' }
  })
  return { ...emptyLog(0), entries, last }
}

/** Somebody who came to a room of which they have read so much. */
class Reader {
  readonly #visit = new Visit(me)
  log = logOf(20)
  reading: Reading
  watching = true

  constructor(place: number) {
    const says = {
      lastSeq: 20,
      lastReadSeq: place,
      unread: 20 - place,
      firstUnreadSeq: place + 1,
      mentions: [],
    }
    this.reading = readingOf(says)
  }

  looksAt(from: number, to: number): number {
    const { log, reading, watching } = this
    const place = this.#visit.look({ log, reading, view: { from, to }, watching })
    if (place !== null) {
      this.reading = movedTo(reading, place, log, me)
    }
    return this.reading.place
  }

  goesBackTo(place: number): void {
    this.reading = movedTo(this.reading, place, this.log, me)
  }
}

describe('who visits a room', () => {
  it('reads what comes into view, from the first unread message on', () => {
    const reader = new Reader(8)
    expect(reader.looksAt(5, 10)).toBe(10)
    expect(reader.looksAt(8, 13)).toBe(13)
    expect(reader.looksAt(16, 20)).toBe(13)
    expect(reader.looksAt(13, 16)).toBe(20)
  })

  it('reads nothing while they look elsewhere', () => {
    const reader = new Reader(8)
    reader.watching = false
    expect(reader.looksAt(5, 10)).toBe(8)
    reader.watching = true
    expect(reader.looksAt(5, 10)).toBe(10)
  })

  it('leaves unread what they marked, until it has left the view and comes again', () => {
    const reader = new Reader(8)
    reader.looksAt(5, 20)
    reader.goesBackTo(11)
    expect(reader.looksAt(10, 20)).toBe(11)
    expect(reader.looksAt(8, 18)).toBe(11)
    expect(reader.looksAt(10, 20)).toBe(11)
    // The message itself was out of view now, and what follows it was, too.
    reader.looksAt(1, 5)
    expect(reader.looksAt(10, 20)).toBe(20)
  })

  it('does not read a marked message because another one comes', () => {
    const reader = new Reader(20)
    reader.looksAt(10, 20)
    reader.goesBackTo(14)
    reader.looksAt(10, 20)
    reader.log = logOf(21)
    reader.reading = recounted(reader.reading, reader.log, me)
    expect(reader.looksAt(11, 21)).toBe(14)
    expect(reader.reading.unread).toBe(7)
  })
})
