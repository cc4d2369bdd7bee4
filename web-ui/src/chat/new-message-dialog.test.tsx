// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Card } from '../wire/frames.ts'
import { searchPeople } from '../wire/people-search.ts'
import { Problem } from '../wire/problem.ts'
import { openDirect, type Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { directOthersMax, NewMessageDialog } from './new-message-dialog.tsx'
import { searchMillis } from './use-people-search.ts'

vi.mock('../wire/rooms.ts', () => ({ openDirect: vi.fn() }))
vi.mock('../wire/people-search.ts', () => ({ searchPeople: vi.fn() }))

const opened = vi.fn()
const closed = vi.fn()
const chat = { refreshRooms: () => Promise.resolve() } as unknown as ChatClient
let root: Root
let place: HTMLElement

function card(name: string): Card {
  return { personId: `id-${name}`, name, guest: false }
}

function field(): HTMLInputElement {
  return place.querySelector('[data-testid="new-message-person"]') as HTMLInputElement
}

function type(text: string): void {
  act(() => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    set?.call(field(), text)
    field().dispatchEvent(new Event('input', { bubbles: true }))
  })
}

async function press(key: string): Promise<void> {
  await act(async () => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    await vi.advanceTimersByTimeAsync(0)
  })
}

async function finds(...names: string[]): Promise<void> {
  vi.mocked(searchPeople).mockResolvedValue([...names.map(card), card('me')])
  await act(() => vi.advanceTimersByTimeAsync(searchMillis))
}

async function adds(name: string): Promise<void> {
  type(name)
  await finds(name)
  await press(',')
}

function chosen(): (string | null)[] {
  return [...place.querySelectorAll('.recipient')].map((each) => each.textContent)
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  HTMLDialogElement.prototype.showModal = () => undefined
  HTMLDialogElement.prototype.close = () => undefined
  vi.useFakeTimers()
  vi.clearAllMocks()
  vi.mocked(openDirect).mockResolvedValue({ roomId: 'd1' } as Room)
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  act(() =>
    root.render(<NewMessageDialog chat={chat} me="id-me" onOpen={opened} onClose={closed} />),
  )
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.useRealTimers()
})

describe('a new message', () => {
  it('goes to whom Enter names, and finds others but not me', async () => {
    type('gra')
    await finds('grace', 'grant')
    expect(place.querySelectorAll('[role="option"]')).toHaveLength(2)
    await press('ArrowDown')
    await press('Enter')
    expect(openDirect).toHaveBeenCalledWith(['id-grant'])
    expect(opened).toHaveBeenCalledWith('d1')
    expect(closed).toHaveBeenCalledOnce()
  })

  it('waits for the answer where Enter came before it', async () => {
    type('grace')
    await press('Enter')
    expect(openDirect).not.toHaveBeenCalled()
    await finds('grace')
    expect(openDirect).toHaveBeenCalledWith(['id-grace'])
  })

  it('forgets that Enter where somebody types on', async () => {
    type('gr')
    await press('Enter')
    type('gra')
    await finds('grace')
    expect(openDirect).not.toHaveBeenCalled()
  })

  it('goes to several, of whom the last one can be taken back', async () => {
    await adds('ada')
    await adds('alan')
    expect(chosen()).toEqual(['ada', 'alan'])
    await press('Backspace')
    type('grace')
    await finds('ada', 'grace')
    expect([...place.querySelectorAll('[role="option"]')]).toHaveLength(1)
    await press('Enter')
    expect(openDirect).toHaveBeenCalledWith(['id-ada', 'id-grace'])
  })

  it('goes to seven others at most, and says so', async () => {
    for (let at = 0; at < directOthersMax; at++) {
      await adds(`p${at}`)
    }
    expect(place.textContent).toContain('at most eight people')
    await adds('one-more')
    expect(chosen()).toHaveLength(directOthersMax)
    await press('Enter')
    expect(openDirect).not.toHaveBeenCalled()
  })

  it('says why it cannot be', async () => {
    vi.mocked(openDirect).mockRejectedValue(new Problem('invitations-blocked', 403, ''))
    type('grace')
    await finds('grace')
    await press('Enter')
    expect(place.querySelector('[role="alert"]')?.textContent).toContain('no invitations from you')
    expect(closed).not.toHaveBeenCalled()
  })
})
