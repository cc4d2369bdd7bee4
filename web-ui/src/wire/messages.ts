import type { MessageEntry } from './frames.ts'
import { read, request } from './http.ts'
import { readMessage } from './parse-frame.ts'
import { asObject, readBoolean, readList } from './read.ts'
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

/** Some of the messages that answer one and are not deleted, ascending. */
export interface RepliesPage {
  readonly entries: readonly MessageEntry[]
  /** Are there more behind them? */
  readonly more: boolean
}

/** The most that the server gives at once. */
const repliesAtOnce = 200

/** The messages behind a place that answer one. */
export async function listReplies(
  roomId: string,
  seq: number,
  after: number,
): Promise<RepliesPage> {
  const query = new URLSearchParams({ after: `${after}`, limit: `${repliesAtOnce}` })
  const body = await request(`${messagePath(roomId, seq)}/replies?${query}`)
  return read(body, (value) => {
    const from = asObject(value, 'replies')
    return { entries: readList(from, 'entries', readMessage), more: readBoolean(from, 'more') }
  })
}

/** One's own message, or any in a room of one's own. */
export async function deleteMessage(roomId: string, seq: number): Promise<void> {
  await request(messagePath(roomId, seq), { method: 'DELETE' })
}
