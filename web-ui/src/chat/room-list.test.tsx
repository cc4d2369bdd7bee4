// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../ui/store.ts'
import type { Card } from '../wire/frames.ts'
import type { Room } from '../wire/rooms.ts'
import { cards, hearCards } from './cards.ts'
import type { ChatClient } from './chat-client.ts'
import { room } from './chat-client-fixture.ts'
import { emptyChat } from './chat-state.ts'
import { RoomList } from './room-list.tsx'

const store = createStore(emptyChat)
const chat = { store } as unknown as ChatClient
const asked = vi.fn()
let root: Root
let place: HTMLElement

function card(name: string): Card {
  return { personId: name, name, guest: false }
}

function direct(roomId: string, ...others: string[]): Room {
  const people = ['ada', ...others].map(card)
  return { ...room(roomId, 1), kind: 'direct', name: others.join(', '), people }
}

function show(rooms: readonly Room[] | null): void {
  const counts = { place: 1, clear: 1, unread: 3, mentions: 1, to: 4, guess: false }
  const unread = { ...counts, firstMention: null }
  act(() => {
    store.set({ ...emptyChat, rooms, reading: new Map([['d2', unread]]) })
    root.render(
      <RoomList
        chat={chat}
        me="ada"
        openRoomId={null}
        onOpen={() => undefined}
        onNewMessage={asked}
      />,
    )
  })
}

function items(): (string | null | undefined)[] {
  return [...place.querySelectorAll('.room-item-name')].map((each) => each.textContent)
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  cards.set(new Map())
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

describe('the list of rooms', () => {
  it('has direct conversations below rooms, the newest first, by what the others are called', () => {
    show([direct('d1', 'grace'), room('zeta', 1), direct('d2', 'alan', 'bob'), room('alpha', 1)])
    expect(items()).toEqual(['alpha', 'zeta', 'alan and bob', 'grace'])
    act(() => hearCards([{ ...card('grace'), displayName: 'Grace Hopper' }]))
    expect(items().at(-1)).toBe('Grace Hopper')
  })

  it('counts what is unread between people as it counts mentions', () => {
    show([direct('d1', 'grace'), direct('d2', 'alan')])
    const counts = [...place.querySelectorAll('.room-item-mentions')]
    expect(counts.map((each) => each.textContent)).toEqual(['3'])
  })

  it('says what direct messages are where there are none, and begins one', () => {
    show([room('alpha', 1)])
    expect(place.textContent).toContain('apart from any room')
    act(() => place.querySelector<HTMLElement>('[data-testid="new-message"]')?.click())
    expect(asked).toHaveBeenCalledOnce()
  })
})
