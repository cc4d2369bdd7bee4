import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientFrame, Entry, PersonRef, ServerFrame } from '../wire/frames.ts'
import type { Invitation } from '../wire/invitations.ts'
import type { Room } from '../wire/rooms.ts'
import { againMillis, ChatClient, type ChatParts, type LineListener } from './chat-client.ts'
import { connectionPhase } from './chat-state.ts'
import { heldLogsMax, liveRoomsMax, notLiveReadMillis } from './held-logs.ts'
import type { WaitingMessage } from './local-store.ts'
import type { ReadMarks } from './read-marks.ts'
import type { RoomLog } from './room-log.ts'
import { membersNow, unreadCount } from './room-log.ts'
import { openedEntriesMin } from './room-logs.ts'

const me = { personId: 'me', name: 'ada' }
const other = { personId: 'grace', name: 'grace' }

let line: LineListener
let sent: ClientFrame[]
let rooms: Room[]
let invitations: Invitation[]
let chat: ChatClient
let recalled: WaitingMessage[]
let recalledMarks: ReadMarks
let keptMarks: ReadMarks
let others: PersonRef[]

function room(roomId: string, lastSeq: number): Room {
  return {
    roomId,
    name: roomId,
    topic: '',
    visibility: 'public',
    member: true,
    lastSeq,
    memberCount: 2,
  }
}

function message(seq: number, person = other, clientMessageId = `m${seq}`): Entry {
  const sentAt = '2026-11-23T08:00:00Z'
  return { seq, kind: 'message', ...person, sentAt, clientMessageId, text: `text ${seq}` }
}

function entry(seq: number, person = other, clientMessageId = `m${seq}`): ServerFrame {
  return { type: 'entry', roomId: 'lobby', entry: message(seq, person, clientMessageId) }
}

function subscribed(after: number, last: number): ServerFrame {
  return { type: 'subscribed', requestId: 'subscribe:lobby', roomId: 'lobby', after, last }
}

function welcome(logEpoch: string): ServerFrame {
  return {
    type: 'welcome',
    protocol: 1,
    person: { ...me, guest: false },
    serverTime: '2026-11-23T08:00:00Z',
    textCharactersMax: 4000,
    logEpoch,
  }
}

async function connect(logEpoch = 'first'): Promise<void> {
  line.onState({ status: 'connecting' })
  line.onState({ status: 'connected', silent: false })
  line.onFrames([welcome(logEpoch)])
  await vi.advanceTimersByTimeAsync(0)
}

function breakLine(): void {
  line.onState({ status: 'disconnected', retryAt: 1, why: 'interrupted' })
}

function log(): RoomLog {
  const found = chat.store.get().logs.get('lobby')
  if (found === undefined) {
    throw new Error('no log')
  }
  return found
}

function seqs(): number[] {
  return log().entries.map((each) => each.seq)
}

function takeSent(): ClientFrame[] {
  return sent.splice(0)
}

function postsSent(): string[] {
  return takeSent().flatMap((frame) => (frame.type === 'post' ? [frame.clientMessageId] : []))
}

function parts(): ChatParts {
  return {
    me,
    connect: (listener) => {
      line = listener
      return {
        start: () => undefined,
        stop: () => undefined,
        retryNow: () => undefined,
        check: () => undefined,
        send: (frame) => sent.push(frame),
      }
    },
    listRooms: () => Promise.resolve(rooms),
    listInvitations: () => Promise.resolve(invitations),
    kept: {
      waiting: recalled,
      read: recalledMarks,
      keepMessage: () => Promise.resolve(true),
      forgetMessage: () => undefined,
      keepMarks: (read) => {
        keptMarks = read
      },
    },
    onOtherPerson: (person) => others.push(person),
  }
}

beforeEach(async () => {
  vi.useFakeTimers()
  sent = []
  recalled = []
  recalledMarks = { epoch: null, marks: new Map() }
  others = []
  rooms = [room('lobby', 10)]
  invitations = []
  chat = new ChatClient(parts())
  await connect()
})

afterEach(() => {
  chat.stop()
  vi.useRealTimers()
})

function subscriptions(): string[] {
  return takeSent().flatMap((frame) => (frame.type === 'subscribe' ? [frame.roomId] : []))
}

function said(roomId: string, seq: number, person = other): ServerFrame {
  return { type: 'entry', roomId, entry: message(seq, person) }
}

function begun(roomId: string, after: number): ServerFrame {
  return { type: 'subscribed', requestId: `subscribe:${roomId}`, roomId, after, last: after }
}

function history(roomId: string, from: number, to: number): ServerFrame {
  const entries = Array.from({ length: to - from + 1 }, (_, at) => message(from + at))
  return { type: 'history', requestId: `history:${roomId}`, roomId, entries, more: from > 1 }
}

function unread(roomId: string): number {
  const { logs, read } = chat.store.get()
  return unreadCount(logs.get(roomId) as RoomLog, read.get(roomId) ?? 0, me.personId)
}

function heldRooms(): string[] {
  return [...chat.store.get().logs].flatMap(([id, each]) => (each.entries.length > 0 ? [id] : []))
}

/** `count` rooms `r0`, `r1`… with ten entries each, all of them read. */
async function joinRooms(count: number): Promise<void> {
  rooms = Array.from({ length: count }, (_, at) => room(`r${at}`, 10))
  line.onFrames([{ type: 'rooms-changed' }])
  await vi.advanceTimersByTimeAsync(0)
}

describe('many rooms', () => {
  it('keep the entries of those that were looked at last, and read the others again', async () => {
    await joinRooms(heldLogsMax + 2)
    for (let at = 0; at < rooms.length; at++) {
      line.onFrames([begun(`r${at}`, 10)])
      chat.open(`r${at}`)
      line.onFrames([history(`r${at}`, 1, 10), said(`r${at}`, 11)])
      chat.markRead(`r${at}`)
    }
    expect(heldRooms()).toHaveLength(heldLogsMax)
    expect(heldRooms()).not.toContain('r0')
    expect(heldRooms()).not.toContain('r1')

    line.onFrames([said('r0', 12), said('r0', 13, me), said('r0', 14)])
    expect(heldRooms()).not.toContain('r0')
    expect(unread('r0')).toBe(2)

    takeSent()
    chat.open('r0')
    expect(takeSent()).toMatchObject([{ type: 'history', roomId: 'r0', before: 15 }])
    line.onFrames([said('r0', 15), history('r0', 1, 14)])
    const seen = chat.store
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
    line.onFrames([begun('r0', 10)])
    chat.open('r0')
    line.onFrames([said('r0', 11)])
    for (let at = 1; at < rooms.length; at++) {
      chat.open(`r${at}`)
      line.onFrames([begun(`r${at}`, 10), said(`r${at}`, 11)])
    }
    line.onFrames([history('r0', 1, 10)])
    expect(chat.store.get().logs.get('r0')).toMatchObject({ entries: [], after: 11 })
    chat.open('r0')
    line.onFrames([history('r0', 1, 11)])
    expect(chat.store.get().logs.get('r0')?.entries).toHaveLength(11)
  })

  it('go on behind what was here after a break, also without entries', async () => {
    await joinRooms(heldLogsMax + 1)
    for (let at = 1; at < rooms.length; at++) {
      chat.open(`r${at}`)
      line.onFrames([begun(`r${at}`, 10), said(`r${at}`, 11)])
    }
    line.onFrames([begun('r0', 10), said('r0', 11), said('r0', 12)])
    expect(heldRooms()).toHaveLength(heldLogsMax)
    expect(heldRooms()).not.toContain('r0')
    breakLine()
    takeSent()
    await connect()
    expect(takeSent()).toContainEqual(
      expect.objectContaining({ type: 'subscribe', roomId: 'r0', after: 12 }),
    )
    line.onFrames([begun('r0', 12), said('r0', 13)])
    expect(unread('r0')).toBe(3)
  })

  it('keep a message that waits to be sent, whatever else is looked at', async () => {
    await joinRooms(heldLogsMax + 5)
    line.onFrames([begun('r0', 10)])
    chat.open('r0')
    breakLine()
    chat.post('r0', 'wait for me')
    for (let at = 1; at < rooms.length; at++) {
      chat.open(`r${at}`)
    }
    await connect()
    takeSent()
    line.onFrames([begun('r0', 10)])
    expect(postsSent()).toHaveLength(1)
  })

  it('are live as far as the server allows, first those that were looked at', async () => {
    takeSent()
    await joinRooms(liveRoomsMax + 100)
    expect(subscriptions()).toHaveLength(liveRoomsMax)
    chat.open('r250')
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
    line.onFrames(rooms.slice(0, -1).map(({ roomId }) => begun(roomId, 10)))
    expect(connectionPhase(chat.store.get())).toBe('connected')
  })

  it('learn from the list what is new in those that are not live', async () => {
    await joinRooms(liveRoomsMax + 1)
    rooms = rooms.map((each) => ({ ...each, lastSeq: 13 }))
    await vi.advanceTimersByTimeAsync(notLiveReadMillis)
    expect(unread(`r${liveRoomsMax}`)).toBe(3)
    // The others are told entry by entry.
    expect(unread('r0')).toBe(0)
    takeSent()
    chat.open(`r${liveRoomsMax}`)
    expect(takeSent()).toMatchObject([{ type: 'unsubscribe' }, { type: 'subscribe', after: 13 }])
    line.onFrames([begun(`r${liveRoomsMax}`, 13)])
    chat.open(`r${liveRoomsMax}`)
    line.onFrames([history(`r${liveRoomsMax}`, 1, 13), said(`r${liveRoomsMax}`, 14)])
    expect(chat.store.get().logs.get(`r${liveRoomsMax}`)?.entries).toHaveLength(14)
    expect(unread(`r${liveRoomsMax}`)).toBe(4)
  })

  it('are fewer where the server allows fewer, and the room that is looked at is one', async () => {
    await joinRooms(5)
    line.onFrames([begun('r0', 10), begun('r1', 10)])
    const refused = (roomId: string): ServerFrame => ({
      type: 'error',
      requestId: `subscribe:${roomId}`,
      problem: 'too-many-subscriptions',
      detail: '',
    })
    line.onFrames([refused('r2'), refused('r3'), refused('r4')])
    expect([...chat.store.get().live]).toEqual(['r0', 'r1'])
    expect(connectionPhase(chat.store.get())).toBe('connected')
    takeSent()
    chat.open('r4')
    expect(takeSent()).toMatchObject([
      { type: 'unsubscribe', roomId: 'r1' },
      { type: 'subscribe', roomId: 'r4' },
    ])
  })

  it('are read once for all who ask while a read is under way', async () => {
    let reads = 0
    let answer: (rooms: readonly Room[]) => void = () => undefined
    chat.stop()
    chat = new ChatClient({
      ...parts(),
      listRooms: () => {
        reads += 1
        return new Promise((resolve) => {
          answer = resolve
        })
      },
    })
    const first = chat.refreshRooms()
    await vi.advanceTimersByTimeAsync(0)
    const second = chat.refreshRooms()
    const third = chat.refreshRooms()
    expect(reads).toBe(1)
    answer([room('old', 1)])
    await first
    await vi.advanceTimersByTimeAsync(0)
    expect(reads).toBe(2)
    answer([room('new', 1)])
    await Promise.all([second, third])
    expect(reads).toBe(2)
    expect(chat.store.get().rooms).toMatchObject([{ roomId: 'new' }])
  })

  it('do not ask for older entries again before that may succeed', async () => {
    await joinRooms(1)
    line.onFrames([begun('r0', 10)])
    chat.open('r0')
    line.onFrames([
      {
        type: 'error',
        requestId: 'history:r0',
        problem: 'too-fast',
        detail: '',
        retryAfterSeconds: 2,
      },
    ])
    takeSent()
    chat.loadOlder('r0')
    expect(takeSent()).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    chat.loadOlder('r0')
    expect(takeSent()).toMatchObject([{ type: 'history', roomId: 'r0' }])
  })
})

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
    line.onFrames([subscribed(10, 10)])
    chat.open('lobby')
    expect(takeSent()).toMatchObject([{ type: 'history', before: 11 }])
    line.onFrames([
      {
        type: 'history',
        requestId: 'history:lobby',
        roomId: 'lobby',
        entries: [message(9), message(10)],
        more: true,
      },
    ])
    expect(seqs()).toEqual([9, 10])
    expect(log().after).toBe(8)
  })

  it('is catching up until everything that was missed is here', () => {
    expect(connectionPhase(chat.store.get())).toBe('catching-up')
    line.onFrames([subscribed(10, 12), entry(11)])
    expect(connectionPhase(chat.store.get())).toBe('catching-up')
    line.onFrames([entry(12)])
    expect(connectionPhase(chat.store.get())).toBe('connected')
  })

  it('does not say that it is connected while nothing is heard', () => {
    line.onFrames([subscribed(10, 10)])
    expect(connectionPhase(chat.store.get())).toBe('connected')
    line.onState({ status: 'connected', silent: true })
    expect(connectionPhase(chat.store.get())).toBe('silent')
  })

  it('continues behind the last entry after a break', async () => {
    line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    breakLine()
    expect(connectionPhase(chat.store.get())).toBe('disconnected')
    takeSent()
    await connect()
    expect(takeSent()).toMatchObject([{ type: 'subscribe', after: 12, epoch: 'first' }])
    line.onFrames([subscribed(12, 13), entry(13)])
    expect(seqs()).toEqual([11, 12, 13])
  })

  it('takes each entry once and leaves no gap', () => {
    line.onFrames([subscribed(10, 10), entry(11), entry(11), entry(13)])
    expect(seqs()).toEqual([11])
    expect(takeSent().at(-1)).toMatchObject({ type: 'subscribe', after: 11 })
    line.onFrames([subscribed(11, 13), entry(12), entry(13)])
    expect(seqs()).toEqual([11, 12, 13])
  })

  it('reads again from its place when the server says that it is behind', () => {
    line.onFrames([subscribed(10, 10), entry(11)])
    takeSent()
    line.onFrames([{ type: 'behind', roomId: 'lobby', after: 11 }])
    expect(takeSent()).toMatchObject([{ type: 'subscribe', after: 11 }])
    expect(connectionPhase(chat.store.get())).toBe('catching-up')
  })

  it('follows the server when it starts a room again', () => {
    line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    takeSent()
    line.onFrames([subscribed(0, 5), entry(1)])
    expect(takeSent()).toMatchObject([{ type: 'subscribe', after: 5 }])
    expect(seqs()).toEqual([])
  })

  it('starts again when the log has another epoch, and keeps what was not sent yet', async () => {
    line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    chat.markRead('lobby')
    chat.post('lobby', 'on its way')
    breakLine()
    takeSent()
    rooms = [room('lobby', 30)]
    await connect('second')
    expect(takeSent()).toMatchObject([{ type: 'subscribe', latest: openedEntriesMin }])
    expect(seqs()).toEqual([])
    expect(chat.store.get().read.get('lobby')).toBe(30)
    line.onFrames([subscribed(28, 30), entry(29), entry(30)])
    expect(seqs()).toEqual([29, 30])
    expect(postsSent()).toHaveLength(1)
  })

  it('starts with fresh read marks when those of this browser are of another epoch', async () => {
    recalledMarks = { epoch: 'earlier', marks: new Map([['lobby', 4711]]) }
    const other = new ChatClient(parts())
    await connect()
    expect(other.store.get().read.get('lobby')).toBe(10)
    expect(keptMarks).toEqual({ epoch: 'first', marks: new Map([['lobby', 10]]) })
    other.stop()
  })

  it('sends nothing under the session of somebody else, who entered in another tab', async () => {
    line.onFrames([subscribed(10, 10)])
    chat.post('lobby', 'from me')
    takeSent()
    breakLine()
    line.onState({ status: 'connecting' })
    line.onState({ status: 'connected', silent: false })
    line.onFrames([{ ...welcome('first'), person: { ...other, guest: false } } as ServerFrame])
    await vi.advanceTimersByTimeAsync(0)
    expect(takeSent()).toEqual([])
    expect(others).toMatchObject([other])
  })

  it('adds and drops rooms when memberships change', async () => {
    line.onFrames([subscribed(10, 10)])
    takeSent()
    rooms = [room('plans', 3)]
    line.onFrames([{ type: 'rooms-changed' }])
    await vi.advanceTimersByTimeAsync(0)
    expect(takeSent()).toMatchObject([
      { type: 'unsubscribe', roomId: 'lobby' },
      { type: 'subscribe', roomId: 'plans', after: 3 },
    ])
  })
})

describe('invitations', () => {
  it('are read again when the server says that something changed', async () => {
    expect(chat.store.get().invitations).toEqual([])
    invitations = [{ roomId: 'plans', roomName: 'plans', inviter: { ...other, guest: false } }]
    line.onFrames([{ type: 'rooms-changed' }])
    await vi.advanceTimersByTimeAsync(0)
    expect(chat.store.get().invitations).toEqual(invitations)
    expect(takeSent().filter((frame) => frame.type === 'subscribe')).toHaveLength(1)
  })
})

describe('a message of ours', () => {
  beforeEach(() => {
    line.onFrames([subscribed(10, 10)])
    takeSent()
    chat.post('lobby', 'hello')
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
    line.onFrames([{ type: 'acknowledged', requestId, roomId, clientMessageId, seq: 11, sentAt }])
    expect(log().pending).toMatchObject([{ state: 'sent' }])
    line.onFrames([entry(11, me, clientMessageId)])
    expect(log().pending).toEqual([])
    expect(seqs()).toEqual([11])
  })

  it('is not taken for the echo of somebody else who chose the same id', () => {
    line.onFrames([entry(11, other, id())])
    expect(log().pending).toHaveLength(1)
  })

  it('is sent again under the same id after a break', async () => {
    const first = postsSent()
    breakLine()
    await connect()
    expect(postsSent()).toEqual([])
    line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toEqual(first)
  })

  it('that is written without a line is sent when there is one', async () => {
    breakLine()
    takeSent()
    chat.post('lobby', 'later')
    expect(postsSent()).toEqual([])
    await connect()
    line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toHaveLength(2)
  })

  it('fails with the reason, and may be retried or discarded', () => {
    const requestId = `post:${id()}`
    takeSent()
    line.onFrames([{ type: 'error', requestId, problem: 'message-too-long', detail: '' }])
    expect(log().pending).toMatchObject([{ state: 'failed', problem: 'message-too-long' }])
    chat.retryPost('lobby', id())
    expect(postsSent()).toEqual([id()])
    chat.discardPost('lobby', id())
    expect(log().pending).toEqual([])
  })

  it('is sent again by itself when it was too fast', () => {
    takeSent()
    line.onFrames([{ type: 'error', requestId: `post:${id()}`, problem: 'too-fast', detail: '' }])
    expect(log().pending).toMatchObject([{ state: 'sending' }])
    vi.advanceTimersByTime(againMillis)
    expect(postsSent()).toEqual([id()])
  })

  it('waits as long as the server says when it was too fast', () => {
    takeSent()
    const requestId = `post:${id()}`
    line.onFrames([
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
    chat.stop()
    takeSent()
    recalled = messages
    chat = new ChatClient(parts())
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
    line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toEqual(['kept-1'])
  })

  it('is shown before there is a line', async () => {
    chat.stop()
    recalled = [waiting]
    chat = new ChatClient(parts())
    breakLine()
    await vi.advanceTimersByTimeAsync(0)
    expect(log().pending).toMatchObject([{ text: 'written on a train', state: 'sending' }])
    takeSent()
    await connect()
    expect(takeSent().filter((frame) => frame.type === 'subscribe')).toHaveLength(1)
    line.onFrames([subscribed(10, 10)])
    expect(postsSent()).toEqual(['kept-1'])
  })

  it('is not shown twice when it was in the log already', async () => {
    await loadAgain([waiting])
    line.onFrames([subscribed(10, 10), acknowledged(7)])
    expect(log().pending).toEqual([])
    await loadAgain([waiting])
    line.onFrames([
      {
        type: 'history',
        requestId: 'history:lobby',
        roomId: 'lobby',
        entries: [message(9), message(10, me, 'kept-1')],
        more: true,
      },
    ])
    expect(log().pending).toEqual([])
  })

  it('waits for its room', async () => {
    await loadAgain([{ ...waiting, roomId: 'plans' }])
    expect(log().pending).toEqual([])
    expect(chat.hasUnsent()).toBe(true)
    expect(chat.losesMessages()).toBe(false)
    rooms = [room('lobby', 10), room('plans', 3)]
    line.onFrames([{ type: 'rooms-changed' }])
    await vi.advanceTimersByTimeAsync(0)
    expect(chat.store.get().logs.get('plans')?.pending).toHaveLength(1)
  })
})

describe('who is here', () => {
  it('follows arrivals and departures', () => {
    line.onFrames([
      subscribed(10, 10),
      { type: 'presence', roomId: 'lobby', count: 1, here: [me] },
      changed(2, [me, other], []),
      changed(2, [other], []),
    ])
    expect(chat.store.get().here.get('lobby')).toEqual({ count: 2, people: [me, other] })
    line.onFrames([changed(1, [], [other])])
    expect(chat.store.get().here.get('lobby')).toEqual({ count: 1, people: [me] })
  })

  it('knows that more are here than are named', () => {
    line.onFrames([
      subscribed(10, 10),
      { type: 'presence', roomId: 'lobby', count: 5_000, here: [me, other] },
      changed(4_998, [], [other, { personId: 'unnamed', name: 'x' }]),
    ])
    expect(chat.store.get().here.get('lobby')).toEqual({ count: 4_998, people: [me] })
  })

  function changed(count: number, arrived: PersonRef[], departed: PersonRef[]): ServerFrame {
    return { type: 'presence-changed', roomId: 'lobby', count, arrived, departed }
  }
})

describe('the members', () => {
  it('are counted on with those who came and went', () => {
    const joined = { ...message(11), kind: 'joined' } as const
    const left = { ...message(12), kind: 'left' } as const
    line.onFrames([
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

describe('unread messages', () => {
  it('are those of others behind the mark', () => {
    line.onFrames([subscribed(10, 10), entry(11), entry(12, me), entry(13)])
    const read = () => chat.store.get().read.get('lobby') ?? 0
    expect(unreadCount(log(), read(), 'me')).toBe(2)
    chat.markRead('lobby')
    expect(unreadCount(log(), read(), 'me')).toBe(0)
  })
})
