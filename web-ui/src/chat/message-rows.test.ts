import { describe, expect, it } from 'vitest'
import type { ShownEntry } from '../wire/frames.ts'
import { rowsOf } from './message-rows.ts'

function said(seq: number, personId: string, sentAt: string): ShownEntry {
  const clientMessageId = `c${seq}`
  return { seq, kind: 'message', personId, name: personId, sentAt, clientMessageId, text: 'hi' }
}

const noon = '2026-11-23T12:00:00Z'

function came(seq: number, personId: string, sentAt = noon): ShownEntry {
  return { seq, kind: 'joined', personId, name: personId, sentAt }
}

function went(seq: number, personId: string): ShownEntry {
  return { seq, kind: 'left', personId, name: personId, sentAt: noon }
}

function shape(entries: ShownEntry[], unreadSeq: number | null = null): string[] {
  return rowsOf(entries, unreadSeq).map((row) =>
    row.row === 'said'
      ? `${row.opens ? 'opens' : 'goes on'} ${row.entry.seq}`
      : row.row === 'memberships'
        ? `${row.entries.length} in one`
        : row.row === 'pins'
          ? `${row.entries.length} pins`
          : row.row,
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

  it('show where the unread ones begin, if that is in view', () => {
    const entries = [
      said(1, 'ada', '2026-11-23T12:00:00Z'),
      said(2, 'me', '2026-11-23T12:00:01Z'),
      said(3, 'ada', '2026-11-23T12:00:02Z'),
      said(4, 'ada', '2026-11-23T12:00:03Z'),
    ]
    expect(shape(entries, 3)).toEqual([
      'day',
      'opens 1',
      'opens 2',
      'unread',
      'opens 3',
      'goes on 4',
    ])
    expect(shape(entries.slice(0, 2), 3)).not.toContain('unread')
  })

  it('keep their groups when a message is deleted', () => {
    const gone = { personId: 'ada', name: 'ada', at: noon }
    const entries = [
      said(1, 'ada', noon),
      { ...said(2, 'ada', noon), text: '', deleted: gone } as ShownEntry,
      said(3, 'ada', noon),
    ]
    expect(shape(entries)).toEqual(['day', 'opens 1', 'goes on 2', 'goes on 3'])
  })

  it('put comings and goings in a row on one line, which keeps its key as it grows', () => {
    const many = Array.from({ length: 200 }, (_, at) => came(at + 2, `p${at}`))
    const entries = [said(1, 'ada', noon), ...many, said(202, 'ada', noon), went(203, 'p1')]
    expect(shape(entries)).toEqual(['day', 'opens 1', '200 in one', 'opens 202', '1 in one'])
    const keys = rowsOf(entries.slice(0, 3), null).map((row) => row.key)
    expect(rowsOf(entries.slice(0, 150), null).map((row) => row.key)).toEqual(keys)
  })

  it('put pins in a row on one line', () => {
    const pin = (seq: number): ShownEntry => {
      const by = { personId: 'ada', name: 'ada', sentAt: noon }
      return { ...by, seq, kind: 'pinned', pinned: { targetSeq: 1 } }
    }
    const entries = [said(1, 'ada', noon), pin(2), pin(4), came(5, 'p'), pin(6)]
    expect(shape(entries)).toEqual(['day', 'opens 1', '2 pins', '1 in one', '1 pins'])
  })

  it('begin another line on another day, and after very many', () => {
    const late = came(2, 'p2', '2026-11-24T12:00:00Z')
    expect(shape([came(1, 'p1'), late])).toEqual(['day', '1 in one', 'day', '1 in one'])
    const many = Array.from({ length: 1_200 }, (_, at) => came(at + 300, `p${at}`))
    expect(shape(many)).toEqual(['day', '200 in one', '500 in one', '500 in one'])
    // Wherever the window begins, the later lines are the same.
    expect(rowsOf(many.slice(100), null).slice(2)).toEqual(rowsOf(many, null).slice(2))
  })

  it('show that there is something of a kind that this page does not know', () => {
    const sentAt = '2026-11-23T12:00:00Z'
    const entries: ShownEntry[] = [
      said(1, 'p', sentAt),
      { seq: 2, kind: 'other', personId: 'p', name: 'p', sentAt },
      said(3, 'p', sentAt),
    ]
    expect(shape(entries)).toEqual(['day', 'opens 1', 'other', 'opens 3'])
  })
})
