import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Card } from '../wire/frames.ts'
import { CardReader, type CardRequests, membersReadMax } from './card-reader.ts'
import { cards, cardsMax, cardWishes, cardWishesMax, hearCards, wishForCard } from './cards.ts'

const asked: string[] = []
let online = false
let reader: CardReader
let answers: { readonly [K in keyof CardRequests]: CardRequests[K] }

function card(personId: string, displayName?: string): Card {
  const name = displayName === undefined ? {} : { displayName }
  return { personId, name: personId, guest: false, ...name }
}

function shown(personId: string): string | undefined {
  return cards.get().get(personId)?.displayName
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve()
  }
}

async function connect(): Promise<void> {
  online = true
  reader.welcomed()
  await settle()
}

beforeEach(() => {
  asked.length = 0
  online = false
  answers = {
    mine: () => Promise.resolve(card('me', 'Me')),
    of: (personId) => Promise.resolve(card(personId, `The ${personId}`)),
    members: () => Promise.resolve([card('ada', 'Ada L.')]),
  }
  reader = new CardReader(
    {
      mine: () => {
        asked.push('me')
        return answers.mine()
      },
      of: (personId) => {
        asked.push(personId)
        return answers.of(personId)
      },
      members: (roomId) => {
        asked.push(`room ${roomId}`)
        return answers.members(roomId)
      },
    },
    () => online,
  )
})

afterEach(() => {
  reader.stop()
  vi.restoreAllMocks()
})

describe('the cards of people', () => {
  it('are read once each: mine, those of the open room, and who else shows', async () => {
    wishForCard('grace')
    await settle()
    expect(asked).toEqual([])
    await connect()
    reader.opened('r1', 2)
    reader.opened('r1', 2)
    wishForCard('grace')
    wishForCard('alan')
    await settle()
    expect(asked).toEqual(['me', 'grace', 'room r1', 'alan'])
    expect([shown('me'), shown('grace'), shown('ada')]).toEqual(['Me', 'The grace', 'Ada L.'])
  })

  it('are not read for all of a large room', async () => {
    await connect()
    reader.opened('r1', membersReadMax + 1)
    await settle()
    expect(asked).toEqual(['me'])
  })

  it('are read again on the next connection, which may have missed a change', async () => {
    await connect()
    reader.opened('r1', 2)
    wishForCard('grace')
    await settle()
    asked.length = 0
    answers = { ...answers, of: () => Promise.resolve(card('grace', 'Admiral')) }
    await connect()
    expect(asked).toEqual(['me', 'room r1', 'grace'])
    expect(shown('grace')).toBe('Admiral')
  })

  it('are not asked for again if there is none for me', async () => {
    answers = { ...answers, of: () => Promise.reject(new Error('not seen')) }
    await connect()
    wishForCard('stranger')
    await settle()
    wishForCard('stranger')
    await settle()
    expect(asked).toEqual(['me', 'stranger'])
    expect(cards.get().has('stranger')).toBe(false)
  })

  it('stay as they came by themselves while an older answer was under way', async () => {
    await connect()
    let answer: (list: readonly Card[]) => void = () => undefined
    answers = {
      ...answers,
      members: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    }
    reader.opened('r1', 2)
    reader.heard(card('ada', 'Countess'))
    answer([card('ada', 'Ada L.'), card('alan', 'Alan')])
    await settle()
    expect([shown('ada'), shown('alan')]).toEqual(['Countess', 'Alan'])
  })

  it('are not those of the person who was here before', async () => {
    await connect()
    reader.stop()
    reader = new CardReader({ ...answers }, () => true)
    expect(cards.get().size).toBe(0)
  })

  it('are bounded, as are the wishes for more', () => {
    hearCards(Array.from({ length: cardsMax + 5 }, (_, at) => card(`p${at}`)))
    expect(cards.get().size).toBe(cardsMax)
    expect(cards.get().has('p4')).toBe(false)
    for (let at = 0; at < cardWishesMax + 5; at++) {
      wishForCard(`q${at}`)
    }
    expect(cardWishes.get()).toHaveLength(cardWishesMax)
  })
})
