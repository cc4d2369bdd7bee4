import type { PersonRef, Reaction } from './frames.ts'
import { read, request } from './http.ts'
import { messagePath } from './messages.ts'
import { readPersonRef } from './parse-frame.ts'
import {
  asObject,
  type JsonObject,
  readBoolean,
  readInteger,
  readList,
  readString,
} from './read.ts'

/** Who put an emoji to a message. */
export interface ReactionPeople extends Reaction {
  /** The first ones: perhaps fewer than `count`. */
  readonly people: readonly PersonRef[]
}

/** Puts an emoji to a message, or takes it back. The same once more changes nothing. */
export async function setReaction(
  roomId: string,
  seq: number,
  emoji: string,
  on: boolean,
): Promise<void> {
  const path = `${messagePath(roomId, seq)}/reactions/${encodeURIComponent(emoji)}`
  await request(path, { method: on ? 'PUT' : 'DELETE' })
}

/** Who reacted to a message, and how. */
export async function listReactions(
  roomId: string,
  seq: number,
): Promise<readonly ReactionPeople[]> {
  const body = await request(`${messagePath(roomId, seq)}/reactions`)
  return read(body, (value) =>
    readList(asObject(value, 'reactions'), 'reactions', readReactionPeople),
  )
}

function readReactionPeople(from: JsonObject): ReactionPeople {
  return {
    emoji: readString(from, 'emoji'),
    count: readInteger(from, 'count'),
    mine: readBoolean(from, 'mine'),
    people: readList(from, 'people', readPersonRef),
  }
}
