import type { Person } from './frames.ts'
import { read, request } from './http.ts'
import { readPerson } from './parse-frame.ts'
import { asObject, type JsonObject, readList, readString } from './read.ts'

/** Somebody invites me into a room; I see nothing else of it before I accept. */
export interface Invitation {
  readonly roomId: string
  readonly roomName: string
  readonly inviter: Person
}

function readInvitation(from: JsonObject): Invitation {
  return {
    roomId: readString(from, 'roomId'),
    roomName: readString(from, 'roomName'),
    inviter: readPerson(asObject(from.inviter, 'inviter')),
  }
}

/** Newest first. */
export async function listInvitations(): Promise<readonly Invitation[]> {
  const body = await request('/api/invitations')
  return read(body, (value) =>
    readList(asObject(value, 'invitations'), 'invitations', readInvitation),
  )
}

function memberPath(roomId: string, personId: string): string {
  return `/api/rooms/${encodeURIComponent(roomId)}/members/${encodeURIComponent(personId)}`
}

export async function invitePerson(roomId: string, personId: string): Promise<void> {
  await request(memberPath(roomId, personId), { method: 'PUT' })
}

export async function withdrawInvitation(roomId: string, personId: string): Promise<void> {
  await request(memberPath(roomId, personId), { method: 'DELETE' })
}

/** Whom I invited into a room and who has not answered. */
export async function listInvited(roomId: string): Promise<readonly Person[]> {
  const body = await request(`/api/rooms/${encodeURIComponent(roomId)}/invitations`)
  return read(body, (value) => readList(asObject(value, 'invited'), 'invited', readPerson))
}

/** The people who cannot invite me. */
export async function listBlocked(): Promise<readonly Person[]> {
  const body = await request('/api/invitations/blocked')
  return read(body, (value) => readList(asObject(value, 'blocked people'), 'people', readPerson))
}

function blockedPath(personId: string): string {
  return `/api/invitations/blocked/${encodeURIComponent(personId)}`
}

export async function blockInviter(personId: string): Promise<void> {
  await request(blockedPath(personId), { method: 'PUT' })
}

export async function unblockInviter(personId: string): Promise<void> {
  await request(blockedPath(personId), { method: 'DELETE' })
}
