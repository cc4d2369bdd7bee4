import type { MessageEntry } from './frames.ts'
import { read, request } from './http.ts'
import { readMessage } from './parse-frame.ts'
import { asObject } from './read.ts'
import { roomPath } from './rooms.ts'

export function messagePath(roomId: string, seq: number): string {
  return `${roomPath(roomId)}/messages/${seq}`
}

function readAnswer(body: unknown): MessageEntry {
  return read(body, (value) => readMessage(asObject(value, 'a message')))
}

/** The message as it is now. */
export async function getMessage(roomId: string, seq: number): Promise<MessageEntry> {
  return readAnswer(await request(messagePath(roomId, seq)))
}

/**
 * Gives a message of one's own another text; resolves with the message as it is now. If its version
 * is another one meanwhile, it rejects with the problem `precondition-failed`.
 */
export async function editMessage(
  roomId: string,
  seq: number,
  version: number,
  text: string,
): Promise<MessageEntry> {
  const parts = { method: 'PATCH', body: { text }, ifMatch: `"${version}"` } as const
  return readAnswer(await request(messagePath(roomId, seq), parts))
}

/** One's own message, or any in a room of one's own. */
export async function deleteMessage(roomId: string, seq: number): Promise<void> {
  await request(messagePath(roomId, seq), { method: 'DELETE' })
}
