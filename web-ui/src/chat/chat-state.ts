import type { ConnectionState } from '../wire/connection.ts'
import type { PersonRef, ServerFrame } from '../wire/frames.ts'
import type { Invitation } from '../wire/invitations.ts'
import type { Room } from '../wire/rooms.ts'
import type { EditTime } from './message-rights.ts'
import type { Reading } from './reading.ts'
import { isCaughtUp, type RoomLog } from './room-log.ts'

/** Who is present in a room: so many, of whom these are known by name. */
export interface Present {
  readonly count: number
  readonly people: readonly PersonRef[]
}

export const nobody: Present = { count: 0, people: [] }

/** Everything that the chat's views show. Immutable: a change is a new value. */
export interface ChatState {
  readonly connection: ConnectionState
  /** Those I am in; `null` before they were read for the first time. */
  readonly rooms: readonly Room[] | null
  /** Newest first. */
  readonly invitations: readonly Invitation[]
  /** Of each room I am in, by id; few of them hold entries: see held-logs.ts. */
  readonly logs: ReadonlyMap<string, RoomLog>
  /** The rooms whose entries the server sends as they come. */
  readonly live: ReadonlySet<string>
  readonly here: ReadonlyMap<string, Present>
  /** By room, how far this person has read it, and what is unread. */
  readonly reading: ReadonlyMap<string, Reading>
  /** Code points that a message may have. */
  readonly textCharactersMax: number
  readonly editTime: EditTime
}

export const emptyChat: ChatState = {
  connection: { status: 'disconnected', retryAt: null, why: 'not-started' },
  rooms: null,
  invitations: [],
  logs: new Map(),
  live: new Set(),
  here: new Map(),
  reading: new Map(),
  textCharactersMax: 4_000,
  editTime: { seconds: null, clockAheadMillis: 0 },
}

export type ConnectionPhase = 'disconnected' | 'connecting' | 'catching-up' | 'silent' | 'connected'

/** What the status line says: connected means that nothing is missing any more. */
export function connectionPhase(state: ChatState): ConnectionPhase {
  if (state.connection.status !== 'connected') {
    return state.connection.status
  }
  if (state.connection.silent) {
    return 'silent'
  }
  const complete =
    state.rooms !== null &&
    [...state.logs].every(([roomId, log]) => !state.live.has(roomId) || isCaughtUp(log))
  return complete ? 'connected' : 'catching-up'
}

/** Messages of all rooms that the server does not have yet and that are sent by themselves. */
export function waitingCount({ logs }: ChatState): number {
  let count = 0
  for (const { pending } of logs.values()) {
    count += pending.filter((message) => message.state === 'sending').length
  }
  return count
}

export function withEntry<V>(
  map: ReadonlyMap<string, V>,
  key: string,
  value: V,
): ReadonlyMap<string, V> {
  return new Map(map).set(key, value)
}

export function withEachLog(
  logs: ReadonlyMap<string, RoomLog>,
  change: (log: RoomLog) => RoomLog,
): ReadonlyMap<string, RoomLog> {
  return new Map([...logs].map(([roomId, log]) => [roomId, change(log)]))
}

/** How much is unread in a room. */
export function unreadIn({ reading }: ChatState, roomId: string): number {
  return reading.get(roomId)?.unread ?? 0
}

/** How much of that mentions the person. */
export function mentionsIn({ reading }: ChatState, roomId: string): number {
  return reading.get(roomId)?.mentions ?? 0
}

/** Who came or went is named by what they are now, also those whom we know already. */
export function changedPresent(
  state: ChatState,
  frame: Extract<ServerFrame, { type: 'presence-changed' }>,
): Present {
  const before = state.here.get(frame.roomId) ?? nobody
  const changed = new Set([...frame.arrived, ...frame.departed].map((each) => each.personId))
  const stayed = before.people.filter((each) => !changed.has(each.personId))
  return { count: frame.count, people: [...stayed, ...frame.arrived] }
}
