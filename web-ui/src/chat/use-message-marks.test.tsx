// @vitest-environment jsdom
import { act, useRef } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readParts } from '../ui/later.tsx'
import { createStore } from '../ui/store.ts'
import type { MessageEntry } from '../wire/frames.ts'
import { setPin } from '../wire/pins.ts'
import { Problem } from '../wire/problem.ts'
import type { ChatClient } from './chat-client.ts'
import { recentEmoji } from './recent-emoji.ts'
import { emptyLog, type RoomLog } from './room-log.ts'
import { refusalMillis, useMessageMarks } from './use-message-marks.tsx'

vi.mock('../wire/pins.ts', () => ({ setPin: vi.fn() }))
vi.mock('./emoji-picker.tsx', () => ({
  EmojiPicker: ({ onChoose }: { readonly onChoose: (emoji: string) => void }) => (
    <button type="button" data-testid="choose" onClick={() => onChoose('🧵')}>
      choose
    </button>
  ),
}))

const message: MessageEntry = {
  seq: 7,
  kind: 'message',
  personId: 'me',
  name: 'ada',
  sentAt: '2026-11-23T08:00:00Z',
  clientMessageId: 'c',
  text: 'the loom',
}
const react = vi.fn()
const reactions = { wishes: createStore(new Map()), react }
const chat = { reactions } as unknown as ChatClient

let root: Root
let place: HTMLElement
let marks: ReturnType<typeof useMessageMarks>

function Messages({ log }: { readonly log: RoomLog }) {
  const scroller = useRef<HTMLDivElement>(null)
  marks = useMessageMarks({ chat, roomId: 'r', me: 'me', log, mayPin: true, scroller })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows inside
    <div ref={scroller} onKeyDown={marks.onKeyDown}>
      <div className="message" data-seq="7" tabIndex={-1}>
        <input />
      </div>
      <p role="alert">{marks.refusal}</p>
      {marks.picker}
    </div>
  )
}

function show(entry = message): void {
  const log = { ...emptyLog(0), last: 7, entries: [entry] }
  act(() => root.render(<Messages log={log} />))
}

function row(): HTMLElement {
  return place.querySelector('.message') as HTMLElement
}

function press(key: string, on: Element = row(), ctrlKey = false): void {
  const event = new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true })
  act(() => void on.dispatchEvent(event))
}

function picker(): Element | null {
  return place.querySelector('dialog')
}

beforeAll(readParts)

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.useFakeTimers()
  vi.clearAllMocks()
  localStorage.clear()
  react.mockResolvedValue(undefined)
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.useRealTimers()
})

describe('the picker of a message', () => {
  it('opens by a key on the message, puts the emoji, and gives the focus back', async () => {
    show()
    act(() => row().focus())
    press('+')
    await act(() => vi.advanceTimersByTimeAsync(0))
    const choose = place.querySelector<HTMLElement>('[data-testid="choose"]')
    act(() => choose?.focus())
    act(() => choose?.click())
    expect(react.mock.calls).toEqual([['r', 7, '🧵', true]])
    expect(picker()).toBeNull()
    expect(recentEmoji()[0]).toBe('🧵')
    expect(document.activeElement).toBe(row())
  })

  it('closes by Escape and by a press outside, and nothing happens', () => {
    show()
    for (const type of ['cancel', 'click']) {
      press('+')
      expect(picker()?.getAttribute('aria-label')).toBe('Add a reaction')
      act(() => void picker()?.dispatchEvent(new Event(type, { bubbles: true, cancelable: true })))
      expect(picker()).toBeNull()
    }
    expect(react).not.toHaveBeenCalled()
  })

  it('does not open where one writes, with another key, or for a deleted message', () => {
    show()
    press('+', row().querySelector('input') as Element)
    press('+', row(), true)
    press('r')
    show({ ...message, text: '', deleted: { personId: 'me', name: 'ada', at: message.sentAt } })
    press('+')
    expect(picker()).toBeNull()
  })
})

describe('a reaction or a pin that is refused', () => {
  it('says why, for a while', async () => {
    show()
    react.mockRejectedValue(new Problem('too-many-reactions', 409, ''))
    await act(async () => marks.acts.onReact(7, '👍', true))
    const said = () => place.querySelector('[role="alert"]')?.textContent
    expect(said()).toBe('This message has as many different reactions as it can have.')
    await act(() => vi.advanceTimersByTimeAsync(refusalMillis))
    expect(said()).toBe('')
    vi.mocked(setPin).mockRejectedValue(new Problem('too-many-pins', 409, ''))
    await act(async () => marks.acts.onPin(7, true))
    expect(setPin).toHaveBeenCalledWith('r', 7, true)
    expect(said()).toContain('as many pinned messages')
    await act(async () => marks.acts.onReact(7, '👍', true))
    expect(said()).toContain('as many different reactions')
  })
})
