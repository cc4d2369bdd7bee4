import { describe, expect, it } from 'vitest'
import type { ChangeEntry, ShownEntry } from '../wire/frames.ts'
import { addChange, changed, indexFrom, newerOf, withChanges } from './entry-changes.ts'
import { LogModel, randomOf, seen } from './log-fixture.ts'

const at = { personId: 'ada', name: 'ada', sentAt: '2026-11-23T08:00:00Z' }
const message = { ...at, seq: 4, kind: 'message', clientMessageId: 'c', text: 'first' } as const
const later = '2026-11-23T08:01:00Z'

function edit(seq: number, text = `edit ${seq}`): ChangeEntry {
  return { ...at, seq, kind: 'edited', sentAt: later, edited: { targetSeq: 4, text } }
}

function deletion(seq: number): ChangeEntry {
  const grace = { personId: 'grace', name: 'grace', displayName: 'Grace' }
  return { ...grace, seq, kind: 'deleted', sentAt: later, deleted: { targetSeq: 4 } }
}

function shuffled<T>(list: readonly T[], random: (below: number) => number): T[] {
  const rest = [...list]
  return list.flatMap(() => rest.splice(random(rest.length), 1))
}

describe('a message', () => {
  it('has the text of its newest edit, whichever comes last', () => {
    const now = { ...message, text: 'edit 9', version: 9, editedAt: later }
    expect(changed(changed(message, edit(7)), edit(9))).toEqual(now)
    expect(changed(changed(message, edit(9)), edit(7))).toEqual(now)
    expect(changed(now, edit(9, 'again'))).toBe(now)
  })

  it('mentions whom its newest text mentions, and nobody once it is deleted', () => {
    const first = { ...message, mentions: { people: ['grace'] } }
    const again: ChangeEntry = {
      ...at,
      seq: 7,
      kind: 'edited',
      edited: { targetSeq: 4, text: '@room', mentions: { people: [], room: true } },
    }
    expect(changed(first, again)).toMatchObject({ mentions: { people: [], room: true } })
    expect(changed(first, edit(7))).not.toHaveProperty('mentions')
    expect(changed(first, deletion(8))).not.toHaveProperty('mentions')
  })

  it('stays deleted, and says by whom', () => {
    const gone = changed(changed(message, edit(7)), deletion(8))
    expect(gone).toMatchObject({
      text: '',
      deleted: { personId: 'grace', name: 'grace', displayName: 'Grace', at: later },
    })
    expect(changed(gone, edit(9))).toBe(gone)
    expect(newerOf(gone, { ...message, text: 'late answer', version: 20 })).toBe(gone)
  })

  it('is the newer one of two answers', () => {
    const newer = { ...message, text: 'newer', version: 9 }
    expect(newerOf(message, newer)).toBe(newer)
    expect(newerOf(newer, message)).toBe(newer)
  })
})

describe('a state and the entries after it', () => {
  it.each(Array.from({ length: 200 }, (_, seed) => seed))(
    'are the newest state, in any order and however often they come (seed %i)',
    (seed) => {
      const random = randomOf(seed)
      const log = new LogModel(random)
      for (let i = 10 + random(40); i > 0; i--) {
        log.grow()
      }
      const here = log.last
      const state = log.asNow(1, here)
      for (let i = 10 + random(40); i > 0; i--) {
        log.grow()
      }
      const heard = shuffled([...log.changes(), ...log.changes()], random)
      const oneByOne = heard.reduce<readonly ShownEntry[]>(
        (entries, change) => withChanges(entries, addChange(new Map(), change)),
        state,
      )
      const together = withChanges(state, heard.reduce(addChange, new Map()))
      expect(seen(oneByOne)).toEqual(seen(log.asNow(1, here)))
      expect(seen(together)).toEqual(seen(log.asNow(1, here)))
    },
  )
})

describe('the place of an entry', () => {
  it('is found among places that have none', () => {
    const entries = [2, 4, 8].map((seq) => ({ ...message, seq }))
    expect([1, 2, 3, 4, 5, 8, 9].map((seq) => indexFrom(entries, seq))).toEqual([
      0, 0, 1, 1, 2, 2, 3,
    ])
  })
})
