// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../ui/store.ts'
import type { MessageEntry, PinnedEntry } from '../wire/frames.ts'
import { listPins, setPin } from '../wire/pins.ts'
import { Problem } from '../wire/problem.ts'
import type { ChatClient } from './chat-client.ts'
import { emptyChat } from './chat-state.ts'
import { PinRow } from './pin-row.tsx'
import { PinsPanel, pinsReadMillis } from './pins-panel.tsx'
import { emptyLog } from './room-log.ts'

vi.mock('../wire/pins.ts', () => ({ listPins: vi.fn(), setPin: vi.fn() }))

const store = createStore(emptyChat)
const chat = { store } as unknown as ChatClient
const jumps = vi.fn()
const at = '2026-11-23T08:00:00Z'
const addressOf = (seq: number) => `#/rooms/r/${seq}`

let root: Root
let place: HTMLElement

function pinned(seq: number, text = `text ${seq}`): MessageEntry {
  const ada = { personId: 'ada', name: 'ada', sentAt: at }
  const pin = { personId: 'grace', name: 'grace', displayName: 'Grace', at }
  return { ...ada, seq, kind: 'message', clientMessageId: `c${seq}`, text, pinned: pin }
}

function changedAt(pinsChangedAt: number): void {
  act(() => store.set({ ...emptyChat, logs: new Map([['r', { ...emptyLog(9), pinsChangedAt }]]) }))
}

async function pass(millis: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(millis))
}

async function show(mayPin = true): Promise<void> {
  const renderFiles = () => null
  const panel = { chat, roomId: 'r', mayPin, renderFiles, addressOf, onJump: jumps }
  act(() => root.render(<PinsPanel {...panel} />))
  await pass(0)
}

function texts(selector: string): (string | null)[] {
  return [...place.querySelectorAll(selector)].map((each) => each.textContent)
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.useFakeTimers()
  vi.clearAllMocks()
  store.set(emptyChat)
  vi.mocked(setPin).mockResolvedValue()
  vi.mocked(listPins).mockResolvedValue([pinned(8), pinned(3)])
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.useRealTimers()
})

describe('the pinned messages of a room', () => {
  it('are shown as the server gives them, say who pinned them, and lead to their places', async () => {
    await show()
    expect(texts('.message-text')).toEqual(['text 8', 'text 3'])
    expect(texts('[data-testid="pinned"]')).toEqual(['Pinned by Grace', 'Pinned by Grace'])
    const jump = place.querySelector<HTMLAnchorElement>('[data-testid="pin-jump"]')
    expect(jump?.getAttribute('href')).toBe('#/rooms/r/8')
    act(() => jump?.click())
    expect(jumps).toHaveBeenCalledOnce()
  })

  it('are read again when the log says that they changed, once in a while', async () => {
    await show()
    vi.mocked(listPins).mockResolvedValue([pinned(9)])
    for (const seq of [10, 11, 12]) {
      changedAt(seq)
    }
    await pass(pinsReadMillis - 1)
    expect(listPins).toHaveBeenCalledTimes(1)
    await pass(1)
    expect(listPins).toHaveBeenCalledTimes(2)
    expect(texts('.message-text')).toEqual(['text 9'])
  })

  it('say what they are for if there are none; to guests, only that', async () => {
    vi.mocked(listPins).mockResolvedValue([])
    await show()
    expect(texts('[data-testid="no-pins"]')[0]).toContain('choose “Pin”')
    await show(false)
    expect(texts('[data-testid="no-pins"]')).toEqual(['Nothing is pinned here.'])
  })

  it('are unpinned, but not by guests', async () => {
    await show()
    await act(async () => place.querySelector<HTMLElement>('[data-testid="pin-end"]')?.click())
    expect(setPin).toHaveBeenCalledWith('r', 8, false)
    vi.mocked(setPin).mockRejectedValue(new Problem('too-fast', 429, ''))
    await act(async () => place.querySelector<HTMLElement>('[data-testid="pin-end"]')?.click())
    expect(texts('[role="alert"]')[0]).toContain('too fast')
    await show(false)
    expect(place.querySelector('[data-testid="pin-end"]')).toBeNull()
  })

  it('are asked for again by hand if they did not come', async () => {
    vi.mocked(listPins).mockRejectedValueOnce(new Problem('unreachable', 0, ''))
    await show()
    expect(texts('[role="alert"]')[0]).toContain('No answer')
    await act(async () => place.querySelector('button')?.click())
    await pass(pinsReadMillis)
    expect(texts('.message-text')).toEqual(['text 8', 'text 3'])
    expect(texts('[role="alert"]')).toEqual([])
  })

  it('are text, whatever stands in them', async () => {
    vi.mocked(listPins).mockResolvedValue([
      { ...pinned(8, '<img src=x onerror=alert(1)>'), name: '<script>alert(1)</script>' },
    ])
    await show()
    expect(place.querySelector('img, script, [onerror]')).toBeNull()
  })
})

describe('the line of a pin', () => {
  const pin = (seq: number, name: string): PinnedEntry => {
    return { seq, personId: name, name, sentAt: at, kind: 'pinned', pinned: { targetSeq: seq - 5 } }
  }

  function showRow(...entries: readonly PinnedEntry[]): void {
    act(() => root.render(<PinRow entries={entries} addressOf={addressOf} />))
  }

  it('says who pinned, and leads to the message', () => {
    showRow(pin(8, 'ada'))
    expect(texts('li')[0]).toContain('ada pinned a message Show it')
    expect(place.querySelector('a')?.getAttribute('href')).toBe('#/rooms/r/3')
  })

  it('folds several in a row, and opens to all of them', () => {
    showRow(pin(8, 'ada'), pin(9, 'grace'), pin(10, 'ada'))
    expect(texts('button')).toEqual(['ada and grace pinned 3 messages'])
    act(() => place.querySelector('button')?.click())
    expect(texts('li li').map((each) => each?.split(' ')[0])).toEqual(['ada', 'grace', 'ada'])
    expect(place.querySelectorAll('a')).toHaveLength(3)
  })
})
