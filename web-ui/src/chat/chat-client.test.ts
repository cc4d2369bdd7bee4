import { describe, expect, it, vi } from 'vitest'
import type { PersonRef, ServerFrame } from '../wire/frames.ts'
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
  place,
  postsSent,
  room,
  seqs,
  subscribed,
  takeSent,
  welcome,
} from './chat-client-fixture.ts'
import { connectionPhase } from './chat-state.ts'
import { membersNow } from './room-log.ts'
import { openedEntriesMin } from './room-logs.ts'

connectBeforeEach()

describe('subscribing', () => {
  it('starts behind the newest entry and reads the past separately', () => {
    expect(takeSent()).toEqual([
      {
        type: 'subscribe',
        requestId: 'subscribe:lobby',
        roomId: 'lobby',
        after: 10,
        epoch: 'first',
      },
    ])
    page.line.onFrames([subscribed(10, 10)])
    page.chat.open('lobby')
    expect(takeSent()).toMatchObject([{ type: 'history', before: 11 }])
    page.line.onFrames([historyOf('lobby', [message(9), message(10)], 9, 10)])
    expect(seqs()).toEqual([9, 10])
    expect(log().after).toBe(8)
  })

  it('is catching up until everything that was missed is here', () => {
    expect(connectionPhase(page.chat.store.get())).toBe('catching-up')
    page.line.onFrames([subscribed(10, 12), entry(11)])
    expect(connectionPhase(page.chat.store.get())).toBe('catching-up')
    page.line.onFrames([entry(12)])
    expect(connectionPhase(page.chat.store.get())).toBe('connected')
  })

  it('does not say that it is connected while nothing is heard', () => {
    page.line.onFrames([subscribed(10, 10)])
    expect(connectionPhase(page.chat.store.get())).toBe('connected')
    page.line.onState({ status: 'connected', silent: true })
    expect(connectionPhase(page.chat.store.get())).toBe('silent')
  })

  it('continues behind the last entry after a break', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    breakLine()
    expect(connectionPhase(page.chat.store.get())).toBe('disconnected')
    takeSent()
    await connect()
    expect(takeSent()).toMatchObject([{ type: 'subscribe', after: 12, epoch: 'first' }])
    page.line.onFrames([subscribed(12, 13), entry(13)])
    expect(seqs()).toEqual([11, 12, 13])
  })

  it('takes each entry once and leaves no gap', () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(11), entry(13)])
    expect(seqs()).toEqual([11])
    expect(takeSent().at(-1)).toMatchObject({ type: 'subscribe', after: 11 })
    page.line.onFrames([subscribed(11, 13), entry(12), entry(13)])
    expect(seqs()).toEqual([11, 12, 13])
  })

  it('reads again from its place when the server says that it is behind', () => {
    page.line.onFrames([subscribed(10, 10), entry(11)])
    takeSent()
    page.line.onFrames([{ type: 'behind', roomId: 'lobby', after: 11 }])
    expect(takeSent()).toMatchObject([{ type: 'subscribe', after: 11 }])
    expect(connectionPhase(page.chat.store.get())).toBe('catching-up')
  })

  it('follows the server when it starts a room again', () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    takeSent()
    page.line.onFrames([subscribed(0, 5), entry(1)])
    expect(takeSent()).toMatchObject([{ type: 'subscribe', after: 5 }])
    expect(seqs()).toEqual([])
  })

  it('starts again when the log has another epoch, and keeps what was not sent yet', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    page.chat.markRead('lobby')
    page.chat.post('lobby', { text: 'on its way' })
    breakLine()
    takeSent()
    page.rooms = [room('lobby', 30)]
    await connect('second')
    expect(takeSent()).toMatchObject([{ type: 'subscribe', latest: openedEntriesMin }])
    expect(seqs()).toEqual([])
    expect(place()).toBe(30)
    page.line.onFrames([subscribed(28, 30), entry(29), entry(30)])
    expect(seqs()).toEqual([29, 30])
    expect(postsSent()).toHaveLength(1)
  })

  it('sends nothing under the session of somebody else, who entered in another tab', async () => {
    page.line.onFrames([subscribed(10, 10)])
    page.chat.post('lobby', { text: 'from me' })
    takeSent()
    breakLine()
    page.line.onState({ status: 'connecting' })
    page.line.onState({ status: 'connected', silent: false })
    page.line.onFrames([{ ...welcome('first'), person: { ...other, guest: false } } as ServerFrame])
    await vi.advanceTimersByTimeAsync(0)
    expect(takeSent()).toEqual([])
    expect(page.others).toMatchObject([other])
  })

  it('adds and drops rooms when memberships change', async () => {
    page.line.onFrames([subscribed(10, 10)])
    takeSent()
    page.rooms = [room('plans', 3)]
    page.line.onFrames([{ type: 'rooms-changed' }])
    await vi.advanceTimersByTimeAsync(0)
    expect(takeSent()).toMatchObject([
      { type: 'unsubscribe', roomId: 'lobby' },
      { type: 'subscribe', roomId: 'plans', after: 3 },
    ])
  })
})

describe('invitations', () => {
  it('are read again when the server says that something changed', async () => {
    expect(page.chat.store.get().invitations).toEqual([])
    page.invitations = [{ roomId: 'plans', roomName: 'plans', inviter: { ...other, guest: false } }]
    page.line.onFrames([{ type: 'rooms-changed' }])
    await vi.advanceTimersByTimeAsync(0)
    expect(page.chat.store.get().invitations).toEqual(page.invitations)
    expect(takeSent().filter((frame) => frame.type === 'subscribe')).toHaveLength(1)
  })
})

describe('who is here', () => {
  it('follows arrivals and departures', () => {
    page.line.onFrames([
      subscribed(10, 10),
      { type: 'presence', roomId: 'lobby', count: 1, here: [me] },
      changed(2, [me, other], []),
      changed(2, [other], []),
    ])
    expect(page.chat.store.get().here.get('lobby')).toEqual({ count: 2, people: [me, other] })
    page.line.onFrames([changed(1, [], [other])])
    expect(page.chat.store.get().here.get('lobby')).toEqual({ count: 1, people: [me] })
  })

  it('knows that more are here than are named', () => {
    page.line.onFrames([
      subscribed(10, 10),
      { type: 'presence', roomId: 'lobby', count: 5_000, here: [me, other] },
      changed(4_998, [], [other, { personId: 'unnamed', name: 'x' }]),
    ])
    expect(page.chat.store.get().here.get('lobby')).toEqual({ count: 4_998, people: [me] })
  })

  function changed(count: number, arrived: PersonRef[], departed: PersonRef[]): ServerFrame {
    return { type: 'presence-changed', roomId: 'lobby', count, arrived, departed }
  }
})

describe('the members', () => {
  it('are counted on with those who came and went', () => {
    const joined = { ...message(11), kind: 'joined' } as const
    const left = { ...message(12), kind: 'left' } as const
    page.line.onFrames([
      subscribed(10, 10),
      { type: 'entry', roomId: 'lobby', entry: joined },
      { type: 'entry', roomId: 'lobby', entry: left },
      { type: 'entry', roomId: 'lobby', entry: { ...joined, seq: 13 } },
    ])
    expect(membersNow(log(), 2, 10)).toBe(3)
    expect(membersNow(log(), 2, 12)).toBe(3)
    expect(membersNow(log(), 2, 13)).toBe(2)
  })
})
