import { afterEach, beforeEach, vi } from 'vitest'
import type {
  ClientFrame,
  MessageEntry,
  PersonRef,
  ServerFrame,
  ShownEntry,
} from '../wire/frames.ts'
import type { Invitation } from '../wire/invitations.ts'
import type { Room } from '../wire/rooms.ts'
import type { CardRequests } from './card-reader.ts'
import { ChatClient, type ChatParts, type LineListener } from './chat-client.ts'
import { unreadIn } from './chat-state.ts'
import type { WaitingMessage } from './local-store.ts'
import type { MessageRequests } from './message-changes.ts'
import type { ReactionRequests } from './message-reactions.ts'
import type { RoomLog } from './room-log.ts'
import type { KeptPlace, ReadingRequests } from './room-readings.ts'

export const me = { personId: 'me', name: 'ada' }
export const other = { personId: 'grace', name: 'grace' }

/** A page with its line and what it was told; a test changes what the next call finds. */
export const page = {} as {
  line: LineListener
  sent: ClientFrame[]
  rooms: Room[]
  invitations: Invitation[]
  chat: ChatClient
  recalled: WaitingMessage[]
  /** Of an earlier page, and of this one. */
  recalledPlaces: readonly KeptPlace[]
  keptPlaces: readonly KeptPlace[]
  reading: ReadingRequests
  /** What the server was told: rooms with their places, `back` for those that went back. */
  reports: string[]
  others: PersonRef[]
  drafts: Map<string, string>
  /** Messages that this browser keeps no more. */
  forgotten: string[]
  messages: MessageRequests
  reactions: ReactionRequests
  cards: Omit<CardRequests, 'mine'>
}

/** Of which everything is read, if nothing else is said. */
export function room(roomId: string, lastSeq: number, lastReadSeq = lastSeq, unread = 0): Room {
  return {
    roomId,
    name: roomId,
    topic: '',
    visibility: 'public',
    member: true,
    role: 'member',
    lastSeq,
    memberCount: 2,
    kind: 'room',
    people: [],
    lastReadSeq,
    unread,
    mentions: 0,
  }
}

export function message(seq: number, person = other, clientMessageId = `m${seq}`): MessageEntry {
  const sentAt = '2026-11-23T08:00:00Z'
  return { seq, kind: 'message', ...person, sentAt, clientMessageId, text: `text ${seq}` }
}

export function entry(seq: number, person = other, clientMessageId = `m${seq}`): ServerFrame {
  return { type: 'entry', roomId: 'lobby', entry: message(seq, person, clientMessageId) }
}

export function subscribed(after: number, last: number): ServerFrame {
  return { type: 'subscribed', requestId: 'subscribe:lobby', roomId: 'lobby', after, last }
}

export function welcome(logEpoch: string): ServerFrame {
  return {
    type: 'welcome',
    protocol: 1,
    person: { ...me, guest: false },
    serverTime: '2026-11-23T08:00:00Z',
    textCharactersMax: 4000,
    editSeconds: null,
    logEpoch,
  }
}

export async function connect(logEpoch = 'first'): Promise<void> {
  page.line.onState({ status: 'connecting' })
  page.line.onState({ status: 'connected', silent: false })
  page.line.onFrames([welcome(logEpoch)])
  await vi.advanceTimersByTimeAsync(0)
}

export function breakLine(): void {
  page.line.onState({ status: 'disconnected', retryAt: 1, why: 'interrupted' })
}

export function log(): RoomLog {
  const found = page.chat.store.get().logs.get('lobby')
  if (found === undefined) {
    throw new Error('no log')
  }
  return found
}

export function seqs(): number[] {
  return log().entries.map((each) => each.seq)
}

export function takeSent(): ClientFrame[] {
  return page.sent.splice(0)
}

export function postsSent(): string[] {
  return takeSent().flatMap((frame) => (frame.type === 'post' ? [frame.clientMessageId] : []))
}

export function parts(): ChatParts {
  return {
    me,
    connect: (listener) => {
      page.line = listener
      return {
        start: () => undefined,
        stop: () => undefined,
        retryNow: () => undefined,
        check: () => undefined,
        send: (frame) => page.sent.push(frame),
      }
    },
    listRooms: () => Promise.resolve(page.rooms),
    listInvitations: () => Promise.resolve(page.invitations),
    messages: {
      get: (...asked) => page.messages.get(...asked),
      edit: (...asked) => page.messages.edit(...asked),
      delete: (...asked) => page.messages.delete(...asked),
    },
    reading: {
      getUnread: (roomId) => page.reading.getUnread(roomId),
      putRead: (places, back) => page.reading.putRead(places, back),
    },
    reactions: { set: (...asked) => page.reactions.set(...asked) },
    kept: {
      waiting: page.recalled,
      places: page.recalledPlaces,
      keepMessage: () => Promise.resolve(true),
      forgetMessage: (clientMessageId) => page.forgotten.push(clientMessageId),
      draft: (place) => page.drafts.get(place) ?? '',
      setDraft: (place, text) => page.drafts.set(place, text),
      keepPlaces: (places) => {
        page.keptPlaces = places
      },
      forgetPlaces: (roomIds) => {
        page.keptPlaces = page.keptPlaces.filter(({ roomId }) => !roomIds.includes(roomId))
      },
    },
    cards: {
      mine: () => Promise.resolve({ ...me, guest: false }),
      of: (personId) => page.cards.of(personId),
      members: (roomId) => page.cards.members(roomId),
    },
    onOtherPerson: (person) => page.others.push(person),
  }
}

/** Begins each test of a file with a page that is connected and in the lobby. */
export function connectBeforeEach(): void {
  beforeEach(async () => {
    vi.useFakeTimers()
    page.sent = []
    page.recalled = []
    page.recalledPlaces = []
    page.keptPlaces = []
    page.reports = []
    page.reading = {
      getUnread: () => Promise.reject(new Error('nobody asked for it')),
      putRead: (places, back) => {
        const said = places.map(({ roomId, seq }) => `${roomId} ${seq}${back ? ' back' : ''}`)
        page.reports.push(said.join(', '))
        return Promise.resolve()
      },
    }
    page.others = []
    page.cards = {
      of: (personId) => Promise.resolve({ personId, name: personId, guest: false }),
      members: () => Promise.resolve([]),
    }
    page.drafts = new Map()
    page.forgotten = []
    page.rooms = [room('lobby', 10)]
    page.invitations = []
    page.chat = new ChatClient(parts())
    await connect()
  })

  afterEach(() => {
    page.chat.stop()
    vi.useRealTimers()
  })
}

export function subscriptions(): string[] {
  return takeSent().flatMap((frame) => (frame.type === 'subscribe' ? [frame.roomId] : []))
}

export function said(roomId: string, seq: number, person = other): ServerFrame {
  return { type: 'entry', roomId, entry: message(seq, person) }
}

export function begun(roomId: string, after: number): ServerFrame {
  return { type: 'subscribed', requestId: `subscribe:${roomId}`, roomId, after, last: after }
}

export function history(roomId: string, from: number, to: number): ServerFrame {
  const entries = Array.from({ length: to - from + 1 }, (_, at) => message(from + at))
  return historyOf(roomId, entries, from, to)
}

export function historyOf(
  roomId: string,
  entries: readonly ShownEntry[],
  from: number,
  to: number,
): ServerFrame {
  const requestId = `history:${roomId}`
  return { type: 'history', requestId, roomId, entries, from, to, more: from > 1 }
}

export function edited(seq: number, targetSeq: number, text = `edited ${seq}`): ServerFrame {
  const entry = { ...happened(seq), kind: 'edited', edited: { targetSeq, text } } as const
  return { type: 'entry', roomId: 'lobby', entry }
}

export function deleted(seq: number, targetSeq: number, person: PersonRef = other): ServerFrame {
  const entry = { ...happened(seq), ...person, kind: 'deleted', deleted: { targetSeq } } as const
  return { type: 'entry', roomId: 'lobby', entry }
}

function happened(seq: number) {
  return { seq, ...other, sentAt: `2026-11-23T09:00:${`${seq % 60}`.padStart(2, '0')}Z` }
}

export function unread(roomId: string): number {
  return unreadIn(page.chat.store.get(), roomId)
}

/** The place up to which a room is read. */
export function place(roomId = 'lobby'): number | undefined {
  return page.chat.store.get().reading.get(roomId)?.place
}

export function heldRooms(): string[] {
  return [...page.chat.store.get().logs].flatMap(([id, each]) =>
    each.entries.length > 0 ? [id] : [],
  )
}

/** `count` rooms `r0`, `r1`… with ten entries each, all of them read. */
export async function joinRooms(count: number): Promise<void> {
  page.rooms = Array.from({ length: count }, (_, at) => room(`r${at}`, 10))
  page.line.onFrames([{ type: 'rooms-changed' }])
  await vi.advanceTimersByTimeAsync(0)
}
