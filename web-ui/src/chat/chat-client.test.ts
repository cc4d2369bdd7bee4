import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientFrame, Entry, PersonRef, ServerFrame } from '../wire/frames.ts'
import type { Invitation } from '../wire/invitations.ts'
import type { Room } from '../wire/rooms.ts'
import {
  againMillis,
  ChatClient,
  type ChatParts,
  type LineListener,
  openedEntriesMin,
} from './chat-client.ts'
import { connectionPhase } from './chat-state.ts'
import { rememberReadMarks } from './read-marks.ts'
import type { RoomLog } from './room-log.ts'
import { membersNow, unreadCount } from './room-log.ts'

const me = { personId: 'me', name: 'ada' }
const other = { personId: 'grace', name: 'grace' }

let line: LineListener
let sent: ClientFrame[]
let rooms: Room[]
let invitations: Invitation[]
let chat: ChatClient

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
  line.onState({ status: 'connected' })
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
        send: (frame) => sent.push(frame),
      }
    },
    listRooms: () => Promise.resolve(rooms),
    listInvitations: () => Promise.resolve(invitations),
  }
}

beforeEach(async () => {
  vi.useFakeTimers()
  sent = []
  rooms = [room('lobby', 10)]
  invitations = []
  chat = new ChatClient(parts())
  await connect()
})

afterEach(() => {
  chat.stop()
  vi.useRealTimers()
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
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    })
    rememberReadMarks('me', { epoch: 'earlier', marks: new Map([['lobby', 4711]]) })
    const other = new ChatClient(parts())
    await connect()
    expect(other.store.get().read.get('lobby')).toBe(10)
    other.stop()
    vi.unstubAllGlobals()
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
