import { describe, expect, it } from 'vitest'
import type { Entry } from '../wire/frames.ts'
import { rowsOf } from './message-rows.ts'

function said(seq: number, personId: string, sentAt: string): Entry {
  const clientMessageId = `c${seq}`
  return { seq, kind: 'message', personId, name: personId, sentAt, clientMessageId, text: 'hi' }
}

function shape(entries: Entry[], readSeq: number | null = null): string[] {
  return rowsOf(entries, readSeq, 'me').map((row) =>
    row.row === 'said' ? `${row.opens ? 'opens' : 'goes on'} ${row.entry.seq}` : row.row,
  )
}

describe('the rows of a conversation', () => {
  it('put what one person says in a row together', () => {
    expect(
      shape([
        said(1, 'ada', '2026-11-23T12:00:00Z'),
        said(2, 'ada', '2026-11-23T12:01:00Z'),
        said(3, 'grace', '2026-11-23T12:01:10Z'),
        said(4, 'grace', '2026-11-23T12:20:00Z'),
      ]),
    ).toEqual(['day', 'opens 1', 'goes on 2', 'opens 3', 'opens 4'])
  })

  it('separate days', () => {
    const days = [said(1, 'ada', '2026-11-20T12:00:00Z'), said(2, 'ada', '2026-11-23T12:00:00Z')]
    expect(shape(days)).toEqual(['day', 'opens 1', 'day', 'opens 2'])
  })

  it('show once where the unread ones begin, and not for my own', () => {
    const entries = [
      said(1, 'ada', '2026-11-23T12:00:00Z'),
      said(2, 'me', '2026-11-23T12:00:01Z'),
      said(3, 'ada', '2026-11-23T12:00:02Z'),
      said(4, 'ada', '2026-11-23T12:00:03Z'),
    ]
    expect(shape(entries, 1)).toEqual([
      'day',
      'opens 1',
      'opens 2',
      'unread',
      'opens 3',
      'goes on 4',
    ])
    expect(shape(entries, 4)).not.toContain('unread')
  })

  it('show that there is something of a kind that this page does not know', () => {
    const sentAt = '2026-11-23T12:00:00Z'
    const entries: Entry[] = [
      said(1, 'p', sentAt),
      { seq: 2, kind: 'other', personId: 'p', name: 'p', sentAt },
      said(3, 'p', sentAt),
    ]
    expect(shape(entries)).toEqual(['day', 'opens 1', 'other', 'opens 3'])
  })
})
