// @vitest-environment jsdom
import { act, useRef } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useStore } from '../ui/store.ts'
import {
  connectBeforeEach,
  entry,
  history,
  historyOf,
  log,
  message,
  page,
  place,
  room,
  subscribed,
  takeSent,
  unread,
} from './chat-client-fixture.ts'
import { linkedEntriesMax } from './linked-message.ts'
import { questionMillis } from './unread-questions.ts'
import {
  openingMillis,
  type ReadingOfRoom,
  type ReadingParts,
  unreadEntriesMax,
  useReading,
} from './use-reading.ts'

connectBeforeEach()

const jumpTo = vi.fn()
const toEnd = vi.fn()
let root: Root
let shown: HTMLElement
let reading: ReadingOfRoom
/** Rows have ten pixels each; the window shows these. */
let view: { top: number; bottom: number }

function Reader(props: Partial<ReadingParts>) {
  const scroller = useRef<HTMLDivElement>(null)
  const now = useStore(page.chat.store, (state) => state.logs.get('lobby')) ?? log()
  reading = useReading({
    chat: page.chat,
    me: 'me',
    roomId: 'lobby',
    log: now,
    watching: true,
    linked: false,
    leaving: false,
    scroller,
    jumpTo,
    toEnd,
    ...props,
  })
  return (
    <div ref={scroller} data-testid="scroller">
      {now.entries.map(({ seq }) => (
        <p key={seq} data-seq={seq} tabIndex={-1} />
      ))}
    </div>
  )
}

/** The rows from one to another are in view. */
function looksAt(from: number, to: number): void {
  view = { top: from * 10, bottom: to * 10 + 10 }
  act(() => reading.look())
}

function show(props: Partial<ReadingParts> = {}): void {
  act(() => root.render(<Reader {...props} />))
}

/** The room is opened with so many unread messages behind the place. */
async function come(last: number, lastReadSeq: number, count = last - lastReadSeq): Promise<void> {
  page.rooms = [room('lobby', last, lastReadSeq, count)]
  page.line.onFrames([{ type: 'rooms-changed' }])
  await vi.advanceTimersByTimeAsync(0)
  page.line.onFrames([subscribed(last, last)])
  takeSent()
}

function receive(...frames: Parameters<typeof page.line.onFrames>[0]): void {
  act(() => page.line.onFrames(frames))
}

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  view = { top: 0, bottom: 0 }
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: HTMLElement,
  ) {
    const top = Number(this.dataset.seq) * 10
    const box = this.dataset.seq === undefined ? view : { top, bottom: top + 10 }
    return box as DOMRect
  })
  shown = document.body.appendChild(document.createElement('div'))
  root = createRoot(shown)
})

afterEach(() => {
  act(() => root.unmount())
  shown.remove()
  vi.restoreAllMocks()
})

describe('a room with unread messages', () => {
  it('opens at the first of them, where the line stays while they are read', async () => {
    await come(10, 6)
    show()
    expect(reading.line).toBeNull()
    expect(takeSent()).toMatchObject([{ type: 'history', before: 11 }])
    receive(history('lobby', 1, 10))
    expect(jumpTo.mock.calls).toEqual([[7]])
    looksAt(5, 8)
    expect([place(), reading.line, reading.unread]).toEqual([8, 7, 2])
    looksAt(6, 10)
    expect([place(), reading.line, reading.unread]).toEqual([10, 7, 0])
  })

  it('counts nothing as seen before the reader is there', async () => {
    await come(10, 6)
    page.chat.loadOlder('lobby')
    page.line.onFrames([history('lobby', 1, 10)])
    view = { top: 0, bottom: 200 }
    show({ leaving: true })
    expect(place()).toBe(6)
    show()
    expect(place()).toBe(10)
  })

  it('is read back so far, and asks where they begin if they are further away', async () => {
    await come(5_000, 5_000 - unreadEntriesMax - 1, 3)
    const getUnread = vi.fn(() =>
      Promise.resolve({
        lastSeq: 5_000,
        lastReadSeq: 1,
        unread: 3,
        firstUnreadSeq: 4_995,
        mentions: [],
      }),
    )
    page.reading = { ...page.reading, getUnread }
    show()
    expect(takeSent()).toEqual([])
    await act(() => vi.advanceTimersByTimeAsync(questionMillis))
    expect(getUnread).toHaveBeenCalledOnce()
    expect(takeSent()).toMatchObject([{ type: 'history', before: 5_001 }])
    receive(history('lobby', 4_901, 5_000))
    expect(jumpTo.mock.calls).toEqual([[4_995]])
  })

  it('is not left for its first unread message once somebody reads its end', async () => {
    await come(10, 6)
    show()
    act(() => void vi.advanceTimersByTime(openingMillis))
    receive(history('lobby', 1, 10))
    expect(jumpTo).not.toHaveBeenCalled()
    looksAt(9, 10)
    expect(reading.above).toEqual({ unread: 4, mentions: 0, since: '2026-11-23T08:00:00Z' })
    act(() => reading.toFirst())
    expect(jumpTo.mock.calls).toEqual([[7]])
    expect(document.activeElement?.getAttribute('data-seq')).toBe('7')
  })

  it('opens at the message that the address names', async () => {
    await come(10, 6)
    show({ linked: true })
    receive(history('lobby', 1, 10))
    expect(jumpTo).not.toHaveBeenCalled()
    expect(reading.line).toBe(7)
  })

  it('is marked as read at once, which takes the line away', async () => {
    await come(10, 6)
    page.chat.loadOlder('lobby')
    page.line.onFrames([history('lobby', 1, 10)])
    show()
    act(() => reading.markRead())
    expect([place(), reading.line, reading.unread]).toEqual([10, null, 0])
    expect(toEnd).toHaveBeenCalledOnce()
  })
})

describe('the way to the first unread message', () => {
  it('says that it is very far', async () => {
    await come(linkedEntriesMax + 100, 1, 100)
    page.reading = { ...page.reading, getUnread: () => Promise.reject(new Error('no')) }
    show()
    expect(reading.search).toBeNull()
    act(() => reading.toFirst())
    expect(reading.search).toBe('too-far')
    expect(takeSent()).toEqual([])
  })
})

describe('what mentions the reader', () => {
  const mentions = { people: ['me'] }
  const saidTo = (seq: number) => ({ ...message(seq), mentions })

  it('leads down to the next one, and up to the first one', async () => {
    await come(20, 10)
    page.chat.loadOlder('lobby')
    const entries = Array.from({ length: 20 }, (_, at) =>
      at === 12 || at === 17 ? saidTo(at + 1) : message(at + 1),
    )
    page.line.onFrames([historyOf('lobby', entries, 1, 20)])
    show()
    looksAt(8, 11)
    expect(reading.mentionsBelow).toBe(2)
    act(() => reading.toMentionBelow())
    expect(jumpTo).toHaveBeenLastCalledWith(13)
    expect(document.activeElement?.getAttribute('data-seq')).toBe('13')
    looksAt(19, 20)
    expect([reading.above?.mentions, reading.mentionsBelow]).toEqual([2, 0])
    act(() => reading.toFirst())
    expect(jumpTo).toHaveBeenLastCalledWith(13)
  })

  it('is asked for where the page does not have it, and read back to', async () => {
    page.rooms = [{ ...room('lobby', 3_000, 100, 100), mentions: 1 }]
    page.line.onFrames([{ type: 'rooms-changed' }])
    await vi.advanceTimersByTimeAsync(0)
    page.line.onFrames([subscribed(3_000, 3_000), entry(3_001)])
    const says = { lastSeq: 3_001, lastReadSeq: 100, unread: 100, firstUnreadSeq: 101 }
    const getUnread = vi.fn(() => Promise.resolve({ ...says, mentions: [2_950] }))
    page.reading = { ...page.reading, getUnread }
    show({ linked: true })
    looksAt(3_001, 3_001)
    takeSent()
    expect(reading.above).toMatchObject({ unread: 100, mentions: 1 })
    act(() => reading.toFirst())
    expect(reading.search).toBe('waiting')
    await act(() => vi.advanceTimersByTimeAsync(questionMillis))
    expect(getUnread).toHaveBeenCalledOnce()
    expect(takeSent()).toMatchObject([{ type: 'history', before: 3_001 }])
    receive(history('lobby', 2_901, 3_000))
    expect(jumpTo).toHaveBeenLastCalledWith(2_950)
  })
})

describe('a room that is open', () => {
  beforeEach(async () => {
    await come(10, 10)
    page.chat.loadOlder('lobby')
    page.line.onFrames([history('lobby', 1, 10)])
    show()
    looksAt(4, 10)
  })

  it('has no line for what comes while somebody looks on', () => {
    view = { top: 50, bottom: 120 }
    receive(entry(11))
    expect([place(), reading.line]).toEqual([11, null])
  })

  it('has a line for what came while they looked elsewhere, once they come back', () => {
    show({ watching: false })
    view = { top: 60, bottom: 130 }
    receive(entry(11), entry(12))
    expect([unread('lobby'), reading.line]).toEqual([2, null])
    show({ watching: true })
    expect([place(), reading.line]).toEqual([12, 11])
  })

  it('has the line where a message was marked as unread, on whichever device', () => {
    act(() => page.chat.markUnread('lobby', 8))
    looksAt(4, 10)
    expect([place(), reading.line, reading.unread]).toEqual([7, 8, 3])
    receive({ type: 'read', roomId: 'lobby', lastReadSeq: 5 })
    // A report of this page is under way: the server hears it after what the frame says.
    expect([place(), reading.line]).toEqual([7, 8])
  })
})
