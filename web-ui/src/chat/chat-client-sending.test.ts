import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerFrame } from '../wire/frames.ts'
import { againMillis, ChatClient } from './chat-client.ts'
import {
  breakLine,
  connect,
  connectBeforeEach,
  entry,
  historyOf,
  log,
  me,
  message,
  other,
  page,
  parts,
  postsSent,
  room,
  seqs,
  subscribed,
  takeSent,
} from './chat-client-fixture.ts'
import type { WaitingMessage } from './local-store.ts'

connectBeforeEach()

describe('a message of ours', () => {
  beforeEach(() => {
    page.line.onFrames([subscribed(10, 10)])
    takeSent()
    page.chat.post('lobby', { text: 'hello' })
  })

  function id(): string {
    return log().pending[0]?.clientMessageId ?? 'none'
  }

  it('is shown at once, then sent, then in the log', () => {
    expect(log().pending).toMatchObject([{ text: 'hello', state: 'sending' }])
    const clientMessageId = id()
    const roomId = 'lobby'
    const requestId = `post:${clientMessageId}`
    const sentAt = '2026-11-23T08:00:00Z'
    page.line.onFrames([
      { type: 'acknowledged', requestId, roomId, clientMessageId, seq: 11, sentAt },
    ])
    expect(log().pending).toMatchObject([{ state: 'sent' }])
    page.line.onFrames([entry(11, me, clientMessageId)])
    expect(log().pending).toEqual([])
    expect(seqs()).toEqual([11])
  })

  it('is not taken for the echo of somebody else who chose the same id', () => {
    page.line.onFrames([entry(11, other, id())])
    expect(log().pending).toHaveLength(1)
  })

  it('is sent again under the same id after a break', async () => {
    const first = postsSent()
    breakLine()
    await connect()
    expect(postsSent()).toEqual([])
    page.line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toEqual(first)
  })

  it('that is written without a line is sent when there is one', async () => {
    breakLine()
    takeSent()
    page.chat.post('lobby', { text: 'later' })
    expect(postsSent()).toEqual([])
    await connect()
    page.line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toHaveLength(2)
  })

  it('fails with the reason, and may be retried or discarded', () => {
    const requestId = `post:${id()}`
    takeSent()
    page.line.onFrames([{ type: 'error', requestId, problem: 'message-too-long', detail: '' }])
    expect(log().pending).toMatchObject([{ state: 'failed', problem: 'message-too-long' }])
    page.chat.retryPost('lobby', id())
    expect(postsSent()).toEqual([id()])
    page.chat.discardPost('lobby', id())
    expect(log().pending).toEqual([])
  })

  it('is sent again by itself when it was too fast', () => {
    takeSent()
    page.line.onFrames([
      { type: 'error', requestId: `post:${id()}`, problem: 'too-fast', detail: '' },
    ])
    expect(log().pending).toMatchObject([{ state: 'sending' }])
    vi.advanceTimersByTime(againMillis)
    expect(postsSent()).toEqual([id()])
  })

  it('waits as long as the server says when it was too fast', () => {
    takeSent()
    const requestId = `post:${id()}`
    page.line.onFrames([
      { type: 'error', requestId, problem: 'too-fast', detail: '', retryAfterSeconds: 7 },
    ])
    vi.advanceTimersByTime(6_999)
    expect(postsSent()).toEqual([])
    vi.advanceTimersByTime(1)
    expect(postsSent()).toEqual([id()])
  })
})

describe('a message of ours in a page that is loaded again', () => {
  const waiting = {
    clientMessageId: 'kept-1',
    roomId: 'lobby',
    text: 'written on a train',
    writtenAt: '2026-11-23T08:00:00Z',
    problem: null,
  }

  async function loadAgain(messages: WaitingMessage[]): Promise<void> {
    page.chat.stop()
    takeSent()
    page.recalled = messages
    page.chat = new ChatClient(parts())
    await connect()
  }

  function acknowledged(seq: number): ServerFrame {
    const { clientMessageId, roomId } = waiting
    const requestId = `post:${clientMessageId}`
    const sentAt = '2026-11-23T08:00:00Z'
    return { type: 'acknowledged', requestId, roomId, clientMessageId, seq, sentAt }
  }

  beforeEach(() => {
    vi.setSystemTime(Date.parse(waiting.writtenAt) + 60_000)
  })

  it('is shown and sent under the same id as soon as there is a line', async () => {
    await loadAgain([waiting])
    expect(log().pending).toMatchObject([{ text: 'written on a train', state: 'sending' }])
    page.line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toEqual(['kept-1'])
  })

  it('is shown before there is a line', async () => {
    page.chat.stop()
    page.recalled = [waiting]
    page.chat = new ChatClient(parts())
    breakLine()
    await vi.advanceTimersByTimeAsync(0)
    expect(log().pending).toMatchObject([{ text: 'written on a train', state: 'sending' }])
    takeSent()
    await connect()
    expect(takeSent().filter((frame) => frame.type === 'subscribe')).toHaveLength(1)
    page.line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toEqual(['kept-1'])
  })

  it('is not shown twice when it was in the log already', async () => {
    await loadAgain([waiting])
    page.line.onFrames([subscribed(10, 10), acknowledged(7)])
    expect(log().pending).toEqual([])
    await loadAgain([waiting])
    page.line.onFrames([historyOf('lobby', [message(9), message(10, me, 'kept-1')], 9, 10)])
    expect(log().pending).toEqual([])
  })

  it('waits for its room', async () => {
    await loadAgain([{ ...waiting, roomId: 'plans' }])
    expect(log().pending).toEqual([])
    expect(page.chat.hasUnsent()).toBe(true)
    expect(page.chat.losesMessages()).toBe(false)
    page.rooms = [room('lobby', 10), room('plans', 3)]
    page.line.onFrames([{ type: 'rooms-changed' }])
    await vi.advanceTimersByTimeAsync(0)
    expect(page.chat.store.get().logs.get('plans')?.pending).toHaveLength(1)
  })
})
