import type { Card } from './frames.ts'
import { read, request } from './http.ts'
import { readCard } from './parse-frame.ts'
import {
  asObject,
  type JsonObject,
  Mismatch,
  readBoolean,
  readInteger,
  readList,
  readOptionalInteger,
  readOptionalString,
  readString,
} from './read.ts'

export type Visibility = 'public' | 'private'

/** What I am in a room; `null` if I am not in it. */
export type Role = 'owner' | 'member' | null

/** `direct` is a conversation that always has the same people. */
export type RoomKind = 'room' | 'direct'

export interface Room {
  readonly roomId: string
  readonly kind: RoomKind
  /** The names of the others, if it is a direct conversation. */
  readonly name: string
  readonly topic: string
  readonly visibility: Visibility
  /** Am I a member? */
  readonly member: boolean
  readonly role: Role
  readonly lastSeq: number
  readonly memberCount: number
  /** Up to where I have read it; `null` if I am not in it. */
  readonly lastReadSeq: number | null
  /** How much is unread behind that place; 100 may be more. */
  readonly unread: number | null
  /** How many unread messages mention me; 100 may be more. */
  readonly mentions: number | null
  /** Everybody in a direct conversation, me too; nobody if it is a room. */
  readonly people: readonly Card[]
}

function readRoom(from: JsonObject): Room {
  return {
    roomId: readString(from, 'roomId'),
    kind: readOptionalString(from, 'kind') === 'direct' ? 'direct' : 'room',
    name: readString(from, 'name'),
    topic: readOptionalString(from, 'topic') ?? '',
    visibility: readVisibility(from),
    member: readBoolean(from, 'member'),
    role: readRole(from),
    lastSeq: readInteger(from, 'lastSeq'),
    memberCount: readInteger(from, 'memberCount'),
    lastReadSeq: readOptionalInteger(from, 'lastReadSeq'),
    unread: readOptionalInteger(from, 'unread'),
    mentions: readOptionalInteger(from, 'mentions'),
    people: 'people' in from ? readList(from, 'people', readCard) : [],
  }
}

/** A role that only a newer version knows allows nothing here that a member may not do. */
function readRole(from: JsonObject): Role {
  const role = readOptionalString(from, 'role')
  return role === null || role === 'owner' ? role : 'member'
}

function readVisibility(from: JsonObject): Visibility {
  const visibility = readString(from, 'visibility')
  if (visibility !== 'public' && visibility !== 'private') {
    throw new Mismatch('visibility is neither public nor private')
  }
  return visibility
}

export function roomPath(roomId: string): string {
  return `/api/rooms/${encodeURIComponent(roomId)}`
}

/** A piece of a list of rooms. */
export interface RoomPage {
  readonly rooms: readonly Room[]
  /** Where the next piece begins; `null` at the end. */
  readonly next: string | null
}

/** The most that the server gives at once. */
const myRoomsAtOnce = 200

function readRoomPage(body: unknown): RoomPage {
  const from = asObject(body, 'rooms')
  return {
    rooms: readList(from, 'rooms', readRoom),
    next: readOptionalString(from, 'next') ?? null,
  }
}

/** All rooms I am in, each once, in the order in which I joined them. */
export async function listMyRooms(): Promise<readonly Room[]> {
  const rooms = new Map<string, Room>()
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ scope: 'mine', limit: `${myRoomsAtOnce}` })
    if (cursor !== null) {
      query.set('cursor', cursor)
    }
    const page: RoomPage = read(await request(`/api/rooms?${query}`), readRoomPage)
    for (const room of page.rooms) {
      rooms.set(room.roomId, room)
    }
    cursor = page.next
  } while (cursor !== null)
  return [...rooms.values()]
}

/** Public rooms of which a word begins like what was typed; all by name if that is empty. */
export async function findRooms(
  typed: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<RoomPage> {
  const query = new URLSearchParams({ scope: 'public' })
  if (typed.trim() !== '') {
    query.set('q', typed)
  }
  if (cursor !== null) {
    query.set('cursor', cursor)
  }
  return read(await request(`/api/rooms?${query}`, { signal }), readRoomPage)
}

/** A room I am in, or a public one. */
export async function getRoom(roomId: string, signal: AbortSignal): Promise<Room> {
  const body = await request(roomPath(roomId), { signal })
  return read(body, (value) => readRoom(asObject(value, 'a room')))
}

export async function createRoom(
  name: string,
  topic: string,
  visibility: Visibility,
): Promise<Room> {
  const body = await request('/api/rooms', { method: 'POST', body: { name, topic, visibility } })
  return read(body, (value) => readRoom(asObject(value, 'a room')))
}

/** The direct conversation of these people and me, which is the same one each time. */
export async function openDirect(people: readonly string[]): Promise<Room> {
  const body = await request('/api/direct', { method: 'POST', body: { people } })
  return read(body, (value) => readRoom(asObject(value, 'a room')))
}

/** A public room, or one into which I am invited. */
export async function joinRoom(roomId: string): Promise<void> {
  await request(`${roomPath(roomId)}/members/me`, { method: 'PUT' })
}

/** Of a room into which I am invited, declines the invitation. */
export async function leaveRoom(roomId: string): Promise<void> {
  await request(`${roomPath(roomId)}/members/me`, { method: 'DELETE' })
}

export async function listMembers(roomId: string): Promise<readonly Card[]> {
  const body = await request(`${roomPath(roomId)}/members`)
  return read(body, (value) => readList(asObject(value, 'members'), 'members', readCard))
}
