import { describe, expect, it, vi } from 'vitest'
import type { ServerFrame } from '../wire/frames.ts'
import type { Room } from '../wire/rooms.ts'
import { ChatClient } from './chat-client.ts'
import {
  begun,
  breakLine,
  connect,
  connectBeforeEach,
  heldRooms,
  history,
  joinRooms,
  me,
  page,
  parts,
  postsSent,
  room,
  said,
  subscriptions,
  takeSent,
  unread,
} from './chat-client-fixture.ts'
import { connectionPhase } from './chat-state.ts'
import { heldLogsMax, liveRoomsMax, notLiveReadMillis } from './held-logs.ts'

connectBeforeEach()

describe('many rooms', () => {
  it('keep the entries of those that were looked at last, and read the others again', async () => {
    await joinRooms(heldLogsMax + 2)
    for (let at = 0; at < page.rooms.length; at++) {
      page.line.onFrames([begun(`r${at}`, 10)])
      page.chat.open(`r${at}`)
      page.line.onFrames([history(`r${at}`, 1, 10), said(`r${at}`, 11)])
      page.chat.markRead(`r${at}`)
    }
    expect(heldRooms()).toHaveLength(heldLogsMax)
    expect(heldRooms()).not.toContain('r0')
    expect(heldRooms()).not.toContain('r1')

    page.line.onFrames([said('r0', 12), said('r0', 13, me), said('r0', 14)])
    expect(heldRooms()).not.toContain('r0')
    expect(unread('r0')).toBe(2)

    takeSent()
    page.chat.open('r0')
    expect(takeSent()).toMatchObject([{ type: 'history', roomId: 'r0', before: 15 }])
    page.line.onFrames([said('r0', 15), history('r0', 1, 14)])
    const seen = page.chat.store
      .get()
      .logs.get('r0')
      ?.entries.map((each) => each.seq)
    expect(seen).toEqual(Array.from({ length: 15 }, (_, at) => at + 1))
    // Entry 13 is mine, but the history says that it is of somebody else.
    expect(unread('r0')).toBe(4)
    expect(heldRooms()).toHaveLength(heldLogsMax)
  })

  it('drop an answer that was on its way when the entries went', async () => {
    await joinRooms(heldLogsMax + 1)
    page.line.onFrames([begun('r0', 10)])
    page.chat.open('r0')
    page.line.onFrames([said('r0', 11)])
    for (let at = 1; at < page.rooms.length; at++) {
      page.chat.open(`r${at}`)
      page.line.onFrames([begun(`r${at}`, 10), said(`r${at}`, 11)])
    }
    page.line.onFrames([history('r0', 1, 10)])
    expect(page.chat.store.get().logs.get('r0')).toMatchObject({ entries: [], after: 11 })
    page.chat.open('r0')
    page.line.onFrames([history('r0', 1, 11)])
    expect(page.chat.store.get().logs.get('r0')?.entries).toHaveLength(11)
  })

  it('go on behind what was here after a break, also without entries', async () => {
    await joinRooms(heldLogsMax + 1)
    for (let at = 1; at < page.rooms.length; at++) {
      page.chat.open(`r${at}`)
      page.line.onFrames([begun(`r${at}`, 10), said(`r${at}`, 11)])
    }
    page.line.onFrames([begun('r0', 10), said('r0', 11), said('r0', 12)])
    expect(heldRooms()).toHaveLength(heldLogsMax)
    expect(heldRooms()).not.toContain('r0')
    breakLine()
    takeSent()
    page.rooms = page.rooms.map((each) =>
      each.roomId === 'r0' ? { ...each, lastSeq: 12, unread: 2 } : each,
    )
    await connect()
    expect(takeSent()).toContainEqual(
      expect.objectContaining({ type: 'subscribe', roomId: 'r0', after: 12 }),
    )
    page.line.onFrames([begun('r0', 12), said('r0', 13)])
    expect(unread('r0')).toBe(3)
  })

  it('keep a message that waits to be sent, whatever else is looked at', async () => {
    await joinRooms(heldLogsMax + 5)
    page.line.onFrames([begun('r0', 10)])
    page.chat.open('r0')
    breakLine()
    page.chat.post('r0', { text: 'wait for me' })
    for (let at = 1; at < page.rooms.length; at++) {
      page.chat.open(`r${at}`)
    }
    await connect()
    takeSent()
    page.line.onFrames([begun('r0', 10)])
    expect(postsSent()).toHaveLength(1)
  })

  it('are live as far as the server allows, first those that were looked at', async () => {
    takeSent()
    await joinRooms(liveRoomsMax + 100)
    expect(subscriptions()).toHaveLength(liveRoomsMax)
    page.chat.open('r250')
    expect(takeSent()).toMatchObject([
      { type: 'unsubscribe', roomId: `r${liveRoomsMax - 1}` },
      { type: 'subscribe', roomId: 'r250', after: 10 },
    ])
    breakLine()
    await connect()
    expect(subscriptions()).toHaveLength(liveRoomsMax)
  })

  it('say connected when all that are live are here', async () => {
    await joinRooms(liveRoomsMax + 1)
    page.line.onFrames(page.rooms.slice(0, -1).map(({ roomId }) => begun(roomId, 10)))
    expect(connectionPhase(page.chat.store.get())).toBe('connected')
  })

  it('learn from the list what is new in those that are not live', async () => {
    await joinRooms(liveRoomsMax + 1)
    page.rooms = page.rooms.map((each) => ({ ...each, lastSeq: 13, unread: 3 }))
    await vi.advanceTimersByTimeAsync(notLiveReadMillis)
    expect(unread(`r${liveRoomsMax}`)).toBe(3)
    takeSent()
    page.chat.open(`r${liveRoomsMax}`)
    expect(takeSent()).toMatchObject([{ type: 'unsubscribe' }, { type: 'subscribe', after: 13 }])
    page.line.onFrames([begun(`r${liveRoomsMax}`, 13)])
    page.chat.open(`r${liveRoomsMax}`)
    page.line.onFrames([history(`r${liveRoomsMax}`, 1, 13), said(`r${liveRoomsMax}`, 14)])
    expect(page.chat.store.get().logs.get(`r${liveRoomsMax}`)?.entries).toHaveLength(14)
    expect(unread(`r${liveRoomsMax}`)).toBe(4)
  })

  it('are fewer where the server allows fewer, and the room that is looked at is one', async () => {
    await joinRooms(5)
    page.line.onFrames([begun('r0', 10), begun('r1', 10)])
    const refused = (roomId: string): ServerFrame => ({
      type: 'error',
      requestId: `subscribe:${roomId}`,
      problem: 'too-many-subscriptions',
      detail: '',
    })
    page.line.onFrames([refused('r2'), refused('r3'), refused('r4')])
    expect([...page.chat.store.get().live]).toEqual(['r0', 'r1'])
    expect(connectionPhase(page.chat.store.get())).toBe('connected')
    takeSent()
    page.chat.open('r4')
    expect(takeSent()).toMatchObject([
      { type: 'unsubscribe', roomId: 'r1' },
      { type: 'subscribe', roomId: 'r4' },
    ])
  })

  it('are read once for all who ask while a read is under way', async () => {
    let reads = 0
    let answer: (rooms: readonly Room[]) => void = () => undefined
    page.chat.stop()
    page.chat = new ChatClient({
      ...parts(),
      listRooms: () => {
        reads += 1
        return new Promise((resolve) => {
          answer = resolve
        })
      },
    })
    const first = page.chat.refreshRooms()
    await vi.advanceTimersByTimeAsync(0)
    const second = page.chat.refreshRooms()
    const third = page.chat.refreshRooms()
    expect(reads).toBe(1)
    answer([room('old', 1)])
    await first
    await vi.advanceTimersByTimeAsync(0)
    expect(reads).toBe(2)
    answer([room('new', 1)])
    await Promise.all([second, third])
    expect(reads).toBe(2)
    expect(page.chat.store.get().rooms).toMatchObject([{ roomId: 'new' }])
  })

  it('do not ask for older entries again before that may succeed', async () => {
    await joinRooms(1)
    page.line.onFrames([begun('r0', 10)])
    page.chat.open('r0')
    page.line.onFrames([
      {
        type: 'error',
        requestId: 'history:r0',
        problem: 'too-fast',
        detail: '',
        retryAfterSeconds: 2,
      },
    ])
    takeSent()
    page.chat.loadOlder('r0')
    expect(takeSent()).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    page.chat.loadOlder('r0')
    expect(takeSent()).toMatchObject([{ type: 'history', roomId: 'r0' }])
  })
})
