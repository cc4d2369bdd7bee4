import type { Person } from './frames.ts'
import { read, request } from './http.ts'
import { readPerson } from './parse-frame.ts'
import {
  asObject,
  type JsonObject,
  Mismatch,
  readBoolean,
  readInteger,
  readList,
  readOptionalString,
  readString,
} from './read.ts'

export type Visibility = 'public' | 'private'

export interface Room {
  readonly roomId: string
  readonly name: string
  readonly topic: string
  readonly visibility: Visibility
  /** Am I a member? */
  readonly member: boolean
  readonly lastSeq: number
  readonly memberCount: number
}

function readRoom(from: JsonObject): Room {
  return {
    roomId: readString(from, 'roomId'),
    name: readString(from, 'name'),
    topic: readOptionalString(from, 'topic') ?? '',
    visibility: readVisibility(from),
    member: readBoolean(from, 'member'),
    lastSeq: readInteger(from, 'lastSeq'),
    memberCount: readInteger(from, 'memberCount'),
  }
}

function readVisibility(from: JsonObject): Visibility {
  const visibility = readString(from, 'visibility')
  if (visibility !== 'public' && visibility !== 'private') {
    throw new Mismatch('visibility is neither public nor private')
  }
  return visibility
}

function roomPath(roomId: string): string {
  return `/api/rooms/${encodeURIComponent(roomId)}`
}

/** Mine first, then public ones that I may join. */
export async function listRooms(): Promise<readonly Room[]> {
  const body = await request('/api/rooms')
  return read(body, (value) => readList(asObject(value, 'rooms'), 'rooms', readRoom))
}

export async function createRoom(
  name: string,
  topic: string,
  visibility: Visibility,
): Promise<Room> {
  const body = await request('/api/rooms', { method: 'POST', body: { name, topic, visibility } })
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

export async function listMembers(roomId: string): Promise<readonly Person[]> {
  const body = await request(`${roomPath(roomId)}/members`)
  return read(body, (value) => readList(asObject(value, 'members'), 'members', readPerson))
}
