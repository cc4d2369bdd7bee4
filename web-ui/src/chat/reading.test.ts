import { describe, expect, it } from 'vitest'
import type { DeletedEntry, EditedEntry, ShownEntry } from '../wire/frames.ts'
import {
  changedIn,
  firstMention,
  firstNews,
  mentionsBehind,
  movedTo,
  readingOf,
  recounted,
  shownCount,
  unreadCountedMax,
  unreadLookedMax,
  unreadShownMax,
} from './reading.ts'
import { emptyLog, type RoomLog, withoutEntries } from './room-log.ts'

const me = 'ada'
const at = { name: 'x', sentAt: '2026-11-23T08:00:00Z' }

function said(seq: number, personId = 'grace'): ShownEntry {
  return { ...at, seq, personId, kind: 'message', clientMessageId: `c${seq}`, text: 'hi' }
}

function mention(seq: number, personId = 'grace'): ShownEntry {
  const entry = said(seq, personId)
  return entry.kind === 'message' ? { ...entry, mentions: { people: [me] } } : entry
}

function edit(seq: number, targetSeq: number, people: readonly string[] = []): EditedEntry {
  const mentions = people.length === 0 ? {} : { mentions: { people } }
  const edited = { targetSeq, text: 'now', ...mentions }
  return { ...at, seq, personId: 'grace', kind: 'edited', edited }
}

function range(from: number, to: number, personId = 'grace'): readonly ShownEntry[] {
  return Array.from({ length: to - from + 1 }, (_, each) => said(from + each, personId))
}

function deletion(seq: number, targetSeq: number): DeletedEntry {
  return { ...at, seq, personId: 'grace', kind: 'deleted', deleted: { targetSeq } }
}

/** Holds what stands behind `after`. */
function logOf(after: number, entries: readonly ShownEntry[], last = entries.at(-1)?.seq): RoomLog {
  return { ...emptyLog(after), entries, last: last ?? after }
}

function says(
  lastReadSeq: number,
  unread: number,
  lastSeq: number,
  first: number | null = null,
  mentions: readonly number[] = [],
) {
  return readingOf({ lastSeq, lastReadSeq, unread, firstUnreadSeq: first, mentions })
}

describe('what is unread', () => {
  it('is what others said behind the place, and still stands', () => {
    const gone = { ...said(5), text: '', deleted: { personId: 'x', name: 'x', at: at.sentAt } }
    const joined: ShownEntry = { ...at, seq: 6, personId: 'grace', kind: 'joined' }
    const log = logOf(0, [said(1), said(2), said(3, me), said(4), gone, joined], 7)
    expect(recounted(says(1, 0, 1), log, me)).toMatchObject({ unread: 2, to: 7, guess: false })
    expect(firstNews(log, 2, me)?.seq).toBe(4)
    expect(firstNews(log, 4, me)).toBeNull()
  })

  it('goes on from the number of the server where the page does not have it', () => {
    const reading = recounted(says(10, 30, 50), logOf(48, [said(49), said(50), said(51)]), me)
    expect(reading).toMatchObject({ unread: 31, to: 51, guess: false })
    expect(recounted(reading, logOf(50, [said(51), said(52)]), me)).toMatchObject({ unread: 32 })
  })

  it('is the same whether the page keeps the entries or lets them go', () => {
    const log = logOf(10, range(11, 14))
    const reading = recounted(says(12, 0, 12), log, me)
    const without = withoutEntries(log)
    expect(recounted(reading, without, me)).toEqual(reading)
    const later = { ...without, entries: [said(15, me), said(16)], last: 16 }
    expect(recounted(reading, later, me)).toMatchObject({ unread: 3, guess: false })
  })

  it('is exact once the page has it from the place on', () => {
    expect(recounted(says(10, 30, 20), logOf(10, range(11, 20)), me)).toMatchObject({ unread: 10 })
  })

  it('waits for the entries that the server has counted already', () => {
    expect(recounted(says(10, 4, 14), logOf(10, range(11, 12)), me)).toMatchObject({ unread: 4 })
    expect(recounted(says(10, 4, 14), logOf(10, range(11, 15)), me)).toMatchObject({ unread: 5 })
  })

  it('is a guess where entries are missing that nobody counted', () => {
    expect(recounted(says(10, 4, 14), logOf(20, [said(21)]), me)).toMatchObject({ guess: true })
  })

  it('is counted to a bound, over so many messages, as the server does', () => {
    const many = logOf(0, range(1, unreadCountedMax + 20))
    expect(recounted(says(0, 0, 0), many, me).unread).toBe(unreadCountedMax)
    const mine = range(11, 10 + unreadLookedMax, me)
    expect(recounted(says(0, 0, 0), logOf(0, [...range(1, 10), ...mine]), me).unread).toBe(0)
    const fewer = logOf(0, [...range(1, 10), ...mine.slice(1)])
    expect(recounted(says(0, 0, 0), fewer, me).unread).toBe(1)
    expect([unreadShownMax, unreadShownMax + 1].map(shownCount)).toEqual(['99', '99+'])
  })
})

describe('a place', () => {
  const log = logOf(10, range(11, 20))

  it('that moves leaves unread what stands behind it', () => {
    const reading = recounted(says(10, 10, 20), log, me)
    expect(movedTo(reading, 15, log, me)).toMatchObject({ place: 15, unread: 5 })
    expect(movedTo(reading, 20, log, me)).toMatchObject({ place: 20, clear: 20, unread: 0 })
    const back = movedTo(movedTo(reading, 20, log, me), 12, log, me)
    expect(back).toMatchObject({ place: 12, clear: 12, unread: 8, guess: false })
  })

  it('that moves where the page does not have it leaves a guess, and never more than fits', () => {
    const reading = says(1, 15, 20)
    expect(movedTo(reading, 8, logOf(20, []), me)).toMatchObject({ unread: 12, guess: true })
    expect(movedTo(reading, 20, logOf(20, []), me)).toMatchObject({ unread: 0, guess: false })
    expect(movedTo(reading, 30, logOf(20, []), me)).toMatchObject({ unread: 0, to: 30 })
  })

  it('that moves over what is no news changes nothing', () => {
    const reading = says(1, 3, 20, 12)
    expect(reading.clear).toBe(11)
    const moved = movedTo(reading, 9, logOf(20, []), me)
    expect(moved).toMatchObject({ place: 9, clear: 11, unread: 3, guess: false })
  })
})

describe('a deletion', () => {
  const reading = says(1, 3, 20)

  it('of what the page has takes one away', () => {
    const log = logOf(18, [said(19), said(20, me)])
    expect(changedIn(reading, log, deletion(21, 19), me)).toMatchObject({ unread: 2, guess: false })
    expect(changedIn(reading, log, deletion(21, 20), me)).toBe(reading)
  })

  it('of what it does not have leaves a guess', () => {
    const log = logOf(18, [said(19)], 20)
    expect(changedIn(reading, log, deletion(21, 7), me)).toMatchObject({ guess: true })
    const full = { ...reading, unread: unreadCountedMax }
    expect(changedIn(full, log, deletion(21, 19), me)).toMatchObject({ guess: true })
  })

  it('of what was read, or that the server has counted already, changes nothing', () => {
    const log = logOf(18, [said(19)], 19)
    expect(changedIn(reading, log, deletion(21, 1), me)).toBe(reading)
    expect(changedIn(reading, log, deletion(20, 19), me)).toBe(reading)
  })
})

describe('what mentions the person', () => {
  it('is counted with what is unread: by name and with everybody, of others alone', () => {
    const everybody: ShownEntry = {
      ...mention(4),
      mentions: { people: [], room: true },
    } as ShownEntry
    const log = logOf(0, [mention(1), said(2), mention(3), everybody, mention(5, me)])
    expect(recounted(says(1, 0, 1), log, me)).toMatchObject({ unread: 3, mentions: 2 })
    expect(firstMention(log, 1, me)).toBe(3)
    expect(firstMention(log, 4, me)).toBeNull()
    expect(mentionsBehind(log, 3, me)).toBe(1)
  })

  it('goes on from what the server says where the page does not have it', () => {
    const reading = recounted(says(10, 30, 50, 20, [20, 30]), logOf(50, [mention(51)]), me)
    expect(reading).toMatchObject({ mentions: 3, firstMention: 20, guess: false })
    expect(movedTo(reading, 51, logOf(51, []), me)).toMatchObject({ unread: 0, mentions: 0 })
  })

  it('ends with its message', () => {
    const log = logOf(18, [said(19), mention(20)])
    const reading = says(1, 3, 20, 2, [20])
    expect(changedIn(reading, log, deletion(21, 20), me)).toMatchObject({ unread: 2, mentions: 0 })
    expect(changedIn(reading, log, deletion(21, 19), me)).toMatchObject({ unread: 2, mentions: 1 })
  })

  it('is asked for when an edit may have changed it where the page cannot count', () => {
    const log = logOf(18, [said(19), mention(20)])
    const reading = says(1, 3, 20, 2, [20])
    const none = says(1, 3, 20, 2)
    expect(changedIn(reading, log, edit(21, 19), me)).toBe(reading)
    expect(changedIn(reading, log, edit(21, 19, [me]), me)).toMatchObject({ guess: true })
    expect(changedIn(reading, log, edit(21, 20), me)).toMatchObject({ guess: true })
    expect(changedIn(reading, log, edit(21, 7), me)).toMatchObject({ guess: true })
    expect(changedIn(none, log, edit(21, 7, ['x']), me)).toBe(none)
  })
})
