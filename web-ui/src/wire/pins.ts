import type { MessageEntry } from './frames.ts'
import { read, request } from './http.ts'
import { messagePath } from './messages.ts'
import { readMessage } from './parse-frame.ts'
import { asObject, readList } from './read.ts'
import { roomPath } from './rooms.ts'

/** Pins a message for everybody in the room, or ends that. The same once more changes nothing. */
export async function setPin(roomId: string, seq: number, on: boolean): Promise<void> {
  await request(`${messagePath(roomId, seq)}/pin`, { method: on ? 'PUT' : 'DELETE' })
}

/** The pinned messages of a room as they are now, the newest pin first. */
export async function listPins(roomId: string): Promise<readonly MessageEntry[]> {
  const body = await request(`${roomPath(roomId)}/pins`)
  return read(body, (value) => readList(asObject(value, 'pins'), 'entries', readMessage))
}
