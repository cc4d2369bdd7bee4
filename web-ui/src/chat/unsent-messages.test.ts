import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../ui/store.ts'
import { type ChatState, emptyChat } from './chat-state.ts'
import { type WaitingMessage, waitingMillisMax } from './local-store.ts'
import { emptyLog, type PendingMessage } from './room-log.ts'
import { RoomLogs } from './room-logs.ts'
import { UnsentMessages, unconfirmedMax } from './unsent-messages.ts'

const me = { personId: 'me', name: 'ada' }
const waiting = {
  clientMessageId: 'kept-1',
  roomId: 'lobby',
  text: 'written on a train',
  writtenAt: '2026-11-23T08:00:00Z',
  problem: null,
}

let unsent: UnsentMessages
let logs: RoomLogs
let kept: Map<string, WaitingMessage>
let keeps: boolean
/** What happened in this order: `kept:` or `sent:`, and the message's id. */
let happened: string[]
/** What the messages that were sent answer. */
let answered: (number | undefined)[]
/** What files the messages that were sent take with them. */
let took: unknown[]

const plan = {
  fileId: 'f',
  version: 3,
  path: 'plan.pdf',
  name: 'plan.pdf',
  size: 5,
  sha256: '0',
  mediaType: 'application/pdf',
}

/** Somebody is in the lobby, which is subscribed, with these messages of an earlier visit. */
function visit(...recalled: WaitingMessage[]): void {
  const store = createStore<ChatState>(emptyChat)
  logs = new RoomLogs({ store, me, send: () => undefined })
  unsent = new UnsentMessages({
    me: me.personId,
    logs,
    kept: {
      waiting: recalled,
      keepMessage: (message) => {
        happened.push(`kept:${message.clientMessageId}`)
        kept.set(message.clientMessageId, message)
        return Promise.resolve(keeps)
      },
      forgetMessage: (clientMessageId) => kept.delete(clientMessageId),
    },
    send: (frame) => {
      if (frame.type === 'post') {
        happened.push(`sent:${frame.clientMessageId}`)
        answered.push(frame.replyTo)
        took.push(frame.files)
      }
    },
    after: (millis, run) => setTimeout(run, millis),
  })
  const lobby = { ...emptyLog(10), subscribed: true }
  store.set({ ...emptyChat, logs: unsent.recallInto(new Map([['lobby', lobby]])) })
  unsent.sendAll('lobby')
}

function pending(): readonly PendingMessage[] {
  return logs.get('lobby')?.pending ?? []
}

function posted(text: string): string {
  expect(unsent.post('lobby', { text })).toBe(true)
  return pending().at(-1)?.clientMessageId ?? 'none'
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(Date.parse(waiting.writtenAt) + 60_000)
  kept = new Map()
  keeps = true
  happened = []
  answered = []
  took = []
  visit()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a message of ours', () => {
  it('is kept before it is sent and forgotten when the server has it', () => {
    const id = posted('hello')
    expect(happened).toEqual([`kept:${id}`, `sent:${id}`])
    expect(kept.get(id)).toMatchObject({ roomId: 'lobby', text: 'hello', problem: null })
    unsent.acknowledged('lobby', id, 11)
    expect(kept.size).toBe(0)
  })

  it('answers the same message however often it is sent', () => {
    expect(unsent.post('lobby', { text: 'yes', replyTo: 7 })).toBe(true)
    const id = pending()[0]?.clientMessageId ?? 'none'
    expect(pending()).toMatchObject([{ text: 'yes', replyTo: 7 }])
    unsent.failed(id, 'message-deleted', 1_000)
    expect(kept.get(id)).toMatchObject({ text: 'yes', replyTo: 7, problem: 'message-deleted' })
    unsent.retry('lobby', id)
    expect(kept.get(id)).toMatchObject({ text: 'yes', replyTo: 7, problem: null })
    unsent.sendAll('lobby')
    posted('no answer')
    expect(answered).toEqual([7, 7, 7, undefined])
  })

  it('takes its files with it, also after a reload, and says nothing of them but which they are', () => {
    expect(unsent.post('lobby', { text: '', files: [plan] })).toBe(true)
    const id = pending()[0]?.clientMessageId ?? 'none'
    expect(pending()).toMatchObject([{ text: '', files: [plan] }])
    const message = kept.get(id)
    expect(message).toMatchObject({ files: [plan] })
    visit(...(message === undefined ? [] : [message]))
    expect(pending()).toMatchObject([{ text: '', files: [plan] }])
    posted('no files')
    const which = [{ fileId: 'f', version: 3 }]
    expect(took).toEqual([which, which, undefined])
  })

  it('that came before its files is sent again, so often and then by hand', () => {
    unsent.post('lobby', { text: '', files: [plan] })
    const id = pending()[0]?.clientMessageId ?? 'none'
    for (let time = 1; time <= unconfirmedMax; time++) {
      unsent.failed(id, 'file-not-confirmed', 1_000)
      expect(pending()).toMatchObject([{ state: 'sending' }])
      vi.advanceTimersByTime(1_000)
      expect(took).toHaveLength(time + 1)
    }
    unsent.failed(id, 'file-not-confirmed', 1_000)
    vi.advanceTimersByTime(60_000)
    expect(took).toHaveLength(unconfirmedMax + 1)
    expect(pending()).toMatchObject([{ state: 'failed', problem: 'file-not-confirmed' }])
    unsent.retry('lobby', id)
    unsent.failed(id, 'file-not-confirmed', 1_000)
    expect(pending()).toMatchObject([{ state: 'sending' }])
  })

  it('needs a room', () => {
    expect(unsent.post('nowhere', { text: 'hello' })).toBe(false)
    expect(happened).toEqual([])
  })

  it('is kept with the reason for which it failed, and is forgotten when it is discarded', () => {
    const id = posted('hello')
    unsent.failed(id, 'message-too-long', 1_000)
    expect(kept.get(id)).toMatchObject({ text: 'hello', problem: 'message-too-long' })
    unsent.discard('lobby', id)
    expect(kept.size).toBe(0)
    expect(unsent.hasAny()).toBe(false)
  })

  it('that was too fast is not sent again after it was discarded', () => {
    const id = posted('hello')
    unsent.failed(id, 'too-fast', 1_000)
    unsent.discard('lobby', id)
    vi.advanceTimersByTime(1_000)
    expect(happened).toEqual([`kept:${id}`, `sent:${id}`])
  })

  it('would be lost where nothing can be kept', async () => {
    keeps = false
    const id = posted('hello')
    await vi.advanceTimersByTimeAsync(0)
    expect(unsent.wouldBeLost()).toBe(true)
    unsent.acknowledged('lobby', id, 11)
    expect(unsent.wouldBeLost()).toBe(false)
  })
})

describe('a message of an earlier visit', () => {
  it('is sent once, under the same id', () => {
    visit(waiting)
    expect(happened).toEqual(['sent:kept-1'])
    expect(unsent.recallInto(logs.all()).get('lobby')?.pending).toHaveLength(1)
  })

  it('still answers what it answered', () => {
    visit({ ...waiting, replyTo: 7 })
    expect(pending()).toMatchObject([{ replyTo: 7 }])
    expect(answered).toEqual([7])
  })

  it('is not sent by itself after a day, and may be sent', () => {
    vi.setSystemTime(Date.parse(waiting.writtenAt) + waitingMillisMax + 1)
    visit(waiting)
    expect(happened).toEqual([])
    expect(pending()).toMatchObject([{ state: 'failed', problem: 'waited-too-long' }])
    unsent.retry('lobby', 'kept-1')
    expect(happened).toEqual(['kept:kept-1', 'sent:kept-1'])
    expect(Date.parse(kept.get('kept-1')?.writtenAt ?? '')).toBe(Date.now())
  })

  it('still says why it failed', () => {
    visit({ ...waiting, problem: 'message-too-long' })
    expect(pending()).toMatchObject([{ state: 'failed', problem: 'message-too-long' }])
    unsent.discard('lobby', 'kept-1')
    expect(pending()).toEqual([])
  })
})
