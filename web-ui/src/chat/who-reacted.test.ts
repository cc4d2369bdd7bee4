import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../wire/problem.ts'
import type { ReactionPeople } from '../wire/reactions.ts'
import { listReactions } from '../wire/reactions.ts'
import {
  namedReactors,
  namedReactorsMax,
  rememberedReactionsMax,
  rememberedReactionsMillis,
  whoReacted,
} from './who-reacted.ts'

vi.mock('../wire/reactions.ts', () => ({ listReactions: vi.fn() }))

const ask = vi.mocked(listReactions)

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  ask.mockResolvedValue([])
  return () => vi.useRealTimers()
})

describe('who reacted', () => {
  it('is asked once for a while, and again after the message changed', async () => {
    await whoReacted('r', 1, 5)
    await whoReacted('r', 1, 5)
    expect(ask).toHaveBeenCalledTimes(1)
    await whoReacted('r', 1, 6)
    expect(ask).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(rememberedReactionsMillis)
    await whoReacted('r', 1, 6)
    expect(ask).toHaveBeenCalledTimes(3)
  })

  it('is remembered of so many messages only', async () => {
    for (let seq = 100; seq <= 100 + rememberedReactionsMax; seq++) {
      await whoReacted('r', seq, seq)
    }
    await whoReacted('r', 101, 101)
    expect(ask).toHaveBeenCalledTimes(rememberedReactionsMax + 1)
    await whoReacted('r', 100, 100)
    expect(ask).toHaveBeenCalledTimes(rememberedReactionsMax + 2)
  })

  it('is asked again after it could not be read', async () => {
    ask.mockRejectedValueOnce(new Problem('unreachable', 0, ''))
    await expect(whoReacted('r', 2, 5)).rejects.toMatchObject({ slug: 'unreachable' })
    expect(await whoReacted('r', 2, 5)).toEqual([])
  })
})

describe('the people of a reaction', () => {
  const people = Array.from({ length: 20 }, (_, at) => ({ personId: `p${at}`, name: `n${at}` }))
  const answer = (count: number): readonly ReactionPeople[] => [
    { emoji: '👍', count, mine: true, people: people.slice(0, count) },
  ]
  const names = (count: number, mine: boolean, me = 'me') =>
    namedReactors({ emoji: '👍', count, mine }, answer(count), me).others.map(({ name }) => name)

  it('are named beside me, who am not named twice', () => {
    expect(names(3, true, 'p1')).toEqual(['n0', 'n2'])
    expect(names(3, false)).toEqual(['n0', 'n1', 'n2'])
  })

  it('are so many at most, with me', () => {
    expect(names(20, true)).toHaveLength(namedReactorsMax - 1)
    expect(names(20, false)).toHaveLength(namedReactorsMax)
  })

  it('are none of an emoji that the answer does not have', () => {
    expect(namedReactors({ emoji: '🎉', count: 2, mine: false }, answer(3), 'me')).toEqual({
      others: [],
      count: 2,
    })
  })
})
