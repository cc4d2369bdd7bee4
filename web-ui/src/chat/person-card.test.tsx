// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Card } from '../wire/frames.ts'
import { Problem } from '../wire/problem.ts'
import { openDirect, type Room } from '../wire/rooms.ts'
import { cards, hearCards } from './cards.ts'
import type { ChatClient } from './chat-client.ts'
import { PersonCard } from './person-card.tsx'

vi.mock('../wire/rooms.ts', () => ({ openDirect: vi.fn() }))

const opened = vi.fn()
const closed = vi.fn()
const chat = { refreshRooms: () => Promise.resolve() } as unknown as ChatClient
const grace: Card = {
  personId: 'grace',
  name: 'grace',
  displayName: 'Grace Hopper',
  guest: true,
  picture: 'a1b2',
  status: { emoji: '🌴', text: 'On leave', until: '2026-12-02T14:30:00Z' },
  timeZone: 'Asia/Shanghai',
}
let root: Root
let place: HTMLElement

function show(me = 'ada'): void {
  const person = { personId: 'grace', name: 'grace' }
  const anchor = { left: 0, top: 0, right: 9, bottom: 9 }
  const acts = { onOpen: opened, onClose: closed, onProfile: () => undefined }
  act(() => root.render(<PersonCard {...{ chat, me, person, anchor, ...acts }} inRoom />))
}

function part(testId: string): HTMLElement | null {
  return place.querySelector(`[data-testid="${testId}"]`)
}

async function click(testId: string): Promise<void> {
  await act(async () => {
    part(testId)?.click()
    await vi.advanceTimersByTimeAsync(0)
  })
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  HTMLDialogElement.prototype.showModal = () => undefined
  HTMLDialogElement.prototype.close = () => undefined
  vi.useFakeTimers({ now: new Date('2026-12-02T14:00:00Z') })
  vi.clearAllMocks()
  cards.set(new Map())
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.useRealTimers()
})

describe('the card of a person', () => {
  it('says who they are, what they do, and how late it is where they are', () => {
    show()
    expect(place.textContent).toContain('@grace')
    act(() => hearCards([grace]))
    expect(place.textContent).toContain('Grace Hopper')
    expect(place.textContent).toContain('Guest')
    expect(place.querySelector('img')?.getAttribute('src')).toBe(
      '/api/people/grace/picture/a1b2?size=256',
    )
    expect(part('card-status')?.textContent).toContain('On leave')
    expect(part('card-time')?.textContent).toContain('22:00')
  })

  it('has the initial where the picture does not come', () => {
    hearCards([grace])
    show()
    act(() => void place.querySelector('img')?.dispatchEvent(new Event('error')))
    expect(place.querySelector('.avatar')?.textContent).toBe('G')
  })

  it('forgets a status that has ended, while one looks', async () => {
    hearCards([grace])
    show()
    await act(() => vi.advanceTimersByTimeAsync(30 * 60_000 + 1_000))
    expect(part('card-status')).toBeNull()
  })

  it('leads to the conversation, and says why it cannot', async () => {
    hearCards([grace])
    show()
    vi.mocked(openDirect).mockRejectedValueOnce(new Problem('person-not-found', 404, ''))
    await click('card-message')
    expect(place.querySelector('[role="alert"]')).not.toBeNull()
    vi.mocked(openDirect).mockResolvedValue({ roomId: 'd1' } as Room)
    await click('card-message')
    expect(openDirect).toHaveBeenLastCalledWith(['grace'])
    expect(opened).toHaveBeenCalledWith('d1')
    expect(closed).toHaveBeenCalledOnce()
  })

  it('writes the name where one writes', async () => {
    const composer = document.body.appendChild(document.createElement('textarea'))
    composer.dataset.testid = 'composer'
    composer.value = 'see'
    composer.setSelectionRange(3, 3)
    show()
    await click('card-mention')
    expect(composer.value).toBe('see @grace ')
    composer.remove()
  })

  it('is my own profile where it is me', () => {
    hearCards([grace])
    show('grace')
    expect(part('card-message')).toBeNull()
    expect(part('edit-profile')).not.toBeNull()
  })
})
