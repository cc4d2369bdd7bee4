import type { ConnectionState } from '../wire/connection.ts'
import type { PersonRef } from '../wire/frames.ts'
import type { Room } from '../wire/rooms.ts'
import { isCaughtUp, type RoomLog } from './room-log.ts'

/** Everything that the chat's views show. Immutable: a change is a new value. */
export interface ChatState {
  readonly connection: ConnectionState
  /** Mine, then public ones; `null` before they were read for the first time. */
  readonly rooms: readonly Room[] | null
  /** The rooms I am in, by id. */
  readonly logs: ReadonlyMap<string, RoomLog>
  readonly here: ReadonlyMap<string, readonly PersonRef[]>
  /** By room, the newest `seq` that this person has seen in this browser. */
  readonly read: ReadonlyMap<string, number>
  /** Code points that a message may have. */
  readonly textCharactersMax: number
}

export const emptyChat: ChatState = {
  connection: { status: 'disconnected', retryAt: null, why: 'not-started' },
  rooms: null,
  logs: new Map(),
  here: new Map(),
  read: new Map(),
  textCharactersMax: 4_000,
}

export type ConnectionPhase = 'disconnected' | 'connecting' | 'catching-up' | 'connected'

/** What the status line says: connected means that nothing is missing any more. */
export function connectionPhase(state: ChatState): ConnectionPhase {
  if (state.connection.status !== 'connected') {
    return state.connection.status
  }
  const complete = state.rooms !== null && [...state.logs.values()].every(isCaughtUp)
  return complete ? 'connected' : 'catching-up'
}

export function withEntry<V>(
  map: ReadonlyMap<string, V>,
  key: string,
  value: V,
): ReadonlyMap<string, V> {
  return new Map(map).set(key, value)
}
