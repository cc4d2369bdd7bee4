// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../ui/store.ts'
import type { MessageEntry } from '../wire/frames.ts'
import { listReplies } from '../wire/messages.ts'
import { Problem } from '../wire/problem.ts'
import type { ChatClient } from './chat-client.ts'
import { type ChatState, emptyChat } from './chat-state.ts'
import { RepliesPanel, repliesStep } from './replies-panel.tsx'
import { addPending, emptyLog, type RoomLog } from './room-log.ts'
import { repliesReadMax, repliesReadMillis } from './use-replies.ts'

vi.mock('../wire/messages.ts', () => ({ listReplies: vi.fn() }))

const store = createStore<ChatState>(emptyChat)
const posts = vi.fn(() => true)
const quotes = vi.fn(() => Promise.resolve())
const chat = { store, post: posts, readQuoted: quotes } as unknown as ChatClient
const opens = vi.fn()
const drafts = { draft: vi.fn(() => ''), setDraft: vi.fn() }
const at = '2026-11-23T08:00:00Z'

let root: Root
let place: HTMLElement

function said(seq: number, more: Partial<MessageEntry> = {}): MessageEntry {
  const ada = { personId: 'ada', name: 'ada', sentAt: at }
  return { ...ada, seq, kind: 'message', clientMessageId: `c${seq}`, text: `text ${seq}`, ...more }
}

function reply(seq: number, more: Partial<MessageEntry> = {}): MessageEntry {
  return said(seq, { replyTo: 7, ...more })
}

/** The log holds these places from behind `after` on. */
function logOf(after: number, ...entries: MessageEntry[]): RoomLog {
  return { ...emptyLog(after), last: 99, entries, subscribed: true }
}

async function show(log: RoomLog): Promise<void> {
  act(() => store.set({ ...emptyChat, logs: new Map([['r', log]]) }))
  act(() =>
    root.render(
      <RepliesPanel
        chat={chat}
        me={{ personId: 'me', name: 'me' }}
        roomId="r"
        log={log}
        seq={7}
        drafts={drafts}
        renderFiles={() => null}
        addressOf={(seq) => `#${seq}`}
        onOpen={opens}
        onJump={() => undefined}
      />,
    ),
  )
  await pass(repliesReadMillis)
}

async function pass(millis: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(millis))
}

function shown(): string[] {
  return [...place.querySelectorAll<HTMLElement>('[data-testid="reply"]')].map(
    (each) => each.dataset.reply ?? '',
  )
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  window.matchMedia = vi.fn(() => ({ matches: true }) as MediaQueryList)
  vi.useFakeTimers()
  vi.clearAllMocks()
  store.set(emptyChat)
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.useRealTimers()
})

describe('the replies of a message', () => {
  it('that is here are those of the log, and nothing is asked for', async () => {
    const gone = reply(11, { deleted: { personId: 'ada', name: 'ada', at } })
    await show(logOf(5, said(6), said(7), reply(8), said(9, { replyTo: 8 }), reply(10), gone))
    expect(place.querySelector('[data-testid="origin"]')?.textContent).toContain('text 7')
    expect(shown()).toEqual(['8', '10'])
    await show(logOf(5, said(7), reply(8, { text: 'better' }), reply(10), reply(12)))
    expect(shown()).toEqual(['8', '10', '12'])
    expect(place.textContent).toContain('better')
    expect(listReplies).not.toHaveBeenCalled()
  })

  it('that is far back are read, and go on with those of the log', async () => {
    vi.mocked(listReplies)
      .mockResolvedValueOnce({ entries: [reply(8), reply(20)], more: true })
      .mockResolvedValueOnce({ entries: [reply(30), reply(60)], more: false })
    await show({ ...logOf(50, reply(60), reply(61)), quoted: new Map([[7, said(7)]]) })
    expect(vi.mocked(listReplies).mock.calls).toEqual([
      ['r', 7, 7],
      ['r', 7, 20],
    ])
    expect(quotes).toHaveBeenCalledWith('r', 7)
    expect(shown()).toEqual(['8', '20', '30', '60', '61'])
  })

  it('that is far back are read again when a message was changed, and not too often', async () => {
    const log = { ...logOf(50), quoted: new Map([[7, said(7)]]) }
    vi.mocked(listReplies).mockResolvedValue({ entries: [reply(8)], more: false })
    await show(log)
    expect(shown()).toEqual(['8'])
    vi.mocked(listReplies).mockResolvedValue({ entries: [], more: false })
    for (const pinsChangedAt of [51, 52, 53]) {
      await show({ ...log, pinsChangedAt })
    }
    expect(shown()).toEqual([])
    expect(vi.mocked(listReplies).mock.calls.length).toBeLessThanOrEqual(4)
  })

  it('are read only so far, and the panel says so', async () => {
    vi.mocked(listReplies).mockImplementation((_, __, after) =>
      Promise.resolve({
        entries: Array.from({ length: 200 }, (___, i) => reply(after + 1 + i)),
        more: true,
      }),
    )
    await show({ ...logOf(50_000), quoted: new Map([[7, said(7)]]) })
    expect(listReplies).toHaveBeenCalledTimes(repliesReadMax / 200)
    expect(place.querySelector('.notice')?.textContent).toContain('2000')
  })

  it('are asked for once more when they could not be read', async () => {
    vi.mocked(listReplies).mockRejectedValueOnce(new Problem('unreachable', 0, ''))
    await show({ ...logOf(50), quoted: new Map([[7, said(7)]]) })
    vi.mocked(listReplies).mockResolvedValue({ entries: [reply(8)], more: false })
    act(() => place.querySelector<HTMLElement>('.replies-scroll > .button')?.click())
    await pass(repliesReadMillis)
    expect(shown()).toEqual(['8'])
  })

  it('are the newest ones first if there are many', async () => {
    const many = Array.from({ length: repliesStep + 5 }, (_, i) => reply(8 + i))
    await show(logOf(5, said(7), ...many))
    expect(shown()).toHaveLength(repliesStep)
    expect(shown().at(-1)).toBe(`${8 + repliesStep + 4}`)
    const earlier = [...place.querySelectorAll('button')].find(
      (each) => each.textContent === 'Earlier replies',
    )
    act(() => earlier?.click())
    expect(shown()).toHaveLength(repliesStep + 5)
  })

  it('have replies of their own, which are opened', async () => {
    await show(logOf(5, said(7), reply(8, { replies: 2 })))
    act(() => place.querySelector<HTMLElement>('[data-testid="replies"]')?.click())
    expect(opens.mock.calls).toEqual([[8]])
  })

  it('are written beside them, and show while they wait', async () => {
    const waits = {
      clientMessageId: 'p',
      text: 'on its way',
      replyTo: 7,
      writtenAt: at,
      state: 'sending',
      problem: null,
      kept: true,
    } as const
    const other = { ...waits, clientMessageId: 'q', text: 'elsewhere', replyTo: 8 }
    await show(addPending(logOf(5, said(7)), [waits, other]))
    expect(place.textContent).toContain('on its way')
    expect(place.textContent).not.toContain('elsewhere')
    const field = place.querySelector('textarea') as HTMLTextAreaElement
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
    act(() => {
      set?.call(field, 'yes')
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    })
    expect(drafts.setDraft).toHaveBeenCalledWith('r/replies/7', 'yes')
    act(() => place.querySelector<HTMLElement>('[data-testid="send"]')?.click())
    expect(posts).toHaveBeenCalledWith('r', { text: 'yes', replyTo: 7 })
  })

  it('are not written to a message that was deleted', async () => {
    const gone = said(7, { text: '', deleted: { personId: 'ada', name: 'ada', at } })
    await show(logOf(5, gone, reply(8)))
    expect(place.querySelector('textarea')).toBeNull()
    expect(place.textContent).toContain('This message was deleted.')
    expect(shown()).toEqual(['8'])
  })
})
