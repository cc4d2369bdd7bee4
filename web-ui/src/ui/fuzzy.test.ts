import { describe, expect, it } from 'vitest'
import { fuzzyFind } from './fuzzy.ts'

const rooms = ['lobby', 'loom-plans', 'plain-weave', 'planning', '项目讨论', 'Café']
const found = (typed: string) => fuzzyFind(rooms, typed, (room) => room)

describe('a name found by a few letters', () => {
  it('begins with them, or has words that do', () => {
    expect(found('plan')[0]).toBe('planning')
    expect(found('lp')[0]).toBe('loom-plans')
    expect(found('pw')).toEqual(['plain-weave'])
  })

  it('is found in other scripts and cases', () => {
    expect(found('讨论')).toEqual(['项目讨论'])
    expect(found('CAFÉ')).toEqual(['Café'])
  })

  it('is any where nothing is typed, and none where nothing fits', () => {
    expect(found(' ')).toEqual(rooms)
    expect(found('xyz')).toEqual([])
  })
})
