import { describe, expect, it } from 'vitest'
import type { MarkEntry, MessageEntry } from '../wire/frames.ts'
import { changed, newerOf } from './entry-changes.ts'
import { counted, marked, missesMarks, noWaitingMarks, withWaiting } from './message-marks.ts'

const at = { personId: 'ada', name: 'ada', sentAt: '2026-11-23T08:00:00Z' }
const message: MessageEntry = { ...at, seq: 4, kind: 'message', clientMessageId: 'c', text: 'hi' }
const later = '2026-11-23T08:01:00Z'

function reacted(seq: number, emoji = '👍', personId = 'grace'): MarkEntry {
  return { ...at, personId, seq, kind: 'reacted', reacted: { targetSeq: 4, emoji } }
}

function unreacted(seq: number, emoji = '👍', personId = 'grace'): MarkEntry {
  return { ...at, personId, seq, kind: 'unreacted', unreacted: { targetSeq: 4, emoji } }
}

function pinned(seq: number): MarkEntry {
  const grace = { personId: 'grace', name: 'grace', displayName: 'Grace' }
  return { ...grace, seq, kind: 'pinned', sentAt: later, pinned: { targetSeq: 4 } }
}

function unpinned(seq: number): MarkEntry {
  return { ...at, seq, kind: 'unpinned', unpinned: { targetSeq: 4 } }
}

function heard(start: MessageEntry, ...marks: readonly MarkEntry[]): MessageEntry {
  return marks.reduce((now, mark) => marked(now, mark, 'me'), start)
}

describe('the reactions of a message', () => {
  it('stand in the order of their first use, and say which are mine', () => {
    const now = heard(message, reacted(5), reacted(6, '🎉', 'me'), reacted(7, '👍', 'me'))
    expect(now.reactions).toEqual([
      { emoji: '👍', count: 2, mine: true },
      { emoji: '🎉', count: 1, mine: true },
    ])
    expect(heard(now, unreacted(8, '👍', 'me')).reactions?.[0]).toEqual({
      emoji: '👍',
      count: 1,
      mine: false,
    })
  })

  it('go with the last one who takes theirs back, and stand last when they come again', () => {
    const now = heard(message, reacted(5), reacted(6, '🎉'), unreacted(7), reacted(8))
    expect(now.reactions?.map(({ emoji }) => emoji)).toEqual(['🎉', '👍'])
    expect(heard(now, unreacted(9), unreacted(10, '🎉'))).not.toHaveProperty('reactions')
  })

  it('are counted behind the place that the numbers are of, and each once', () => {
    const known = { ...message, asOf: 9, reactions: [{ emoji: '👍', count: 3, mine: false }] }
    expect(heard(known, reacted(8), reacted(9))).toBe(known)
    const now = heard(known, reacted(10))
    expect(now.reactions).toEqual([{ emoji: '👍', count: 4, mine: false }])
    expect(heard(now, reacted(10))).toBe(now)
  })

  it('are none of a deleted message, whatever comes', () => {
    const deletion = { ...at, seq: 6, kind: 'deleted', deleted: { targetSeq: 4 } } as const
    const gone = changed(heard(message, reacted(5), pinned(5)), deletion)
    expect(gone).not.toHaveProperty('reactions')
    expect(gone).not.toHaveProperty('pinned')
    expect(heard(gone, reacted(7), pinned(8))).toBe(gone)
    const late = { ...message, asOf: 20, reactions: [{ emoji: '👍', count: 1, mine: false }] }
    expect(newerOf(gone, late)).toEqual(gone)
  })

  it('do not become fewer than none', () => {
    expect(counted([], '👍', { one: -1, mine: true })).toEqual([])
  })
})

describe('the pin of a message', () => {
  it('says who pinned it, and when, until somebody ends it', () => {
    const now = heard(message, pinned(5))
    const grace = { personId: 'grace', name: 'grace', displayName: 'Grace' }
    expect(now.pinned).toEqual({ ...grace, at: later })
    expect(heard(now, unpinned(6))).not.toHaveProperty('pinned')
  })

  it('is the last one behind the place that the answer is of', () => {
    const known = { ...message, asOf: 9 }
    expect(heard(known, pinned(8))).toBe(known)
    expect(heard(known, pinned(10), unpinned(11), pinned(12))).toMatchObject({ asOf: 12 })
  })
})

describe('an answer about one message', () => {
  const edited = { ...message, text: 'new', version: 12, editedAt: later, asOf: 12 }

  it('brings the reactions that it has, if it knows more of the log', () => {
    const reactions = [{ emoji: '🎉', count: 1, mine: true }]
    expect(newerOf(heard(message, reacted(5)), { ...edited, reactions })).toEqual({
      ...edited,
      reactions,
    })
    expect(newerOf(heard(message, reacted(5)), edited)).toEqual(edited)
  })

  it('brings its text, but no reactions from before those that were counted', () => {
    const before = heard(message, reacted(13))
    expect(newerOf(before, edited)).toEqual({
      ...edited,
      asOf: 13,
      reactions: [{ emoji: '👍', count: 1, mine: false }],
    })
  })
})

describe('reactions to messages that are under way', () => {
  it('make an answer useless if some of them were lost that it does not have', () => {
    const waiting = { ...withWaiting(noWaitingMarks, [reacted(30)]), lostTo: 20 }
    expect(missesMarks([{ ...message, asOf: 19 }], waiting)).toBe(true)
    expect(missesMarks([{ ...message, asOf: 20 }], waiting)).toBe(false)
    expect(missesMarks([message], noWaitingMarks)).toBe(false)
  })
})
