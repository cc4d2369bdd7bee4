import type { Room } from '../wire/rooms.ts'
import { emptiedLog, emptyLog, lastSeq, type RoomLog, withoutEntries } from './room-log.ts'

/**
 * Rooms whose entries stay here: those that were looked at last, and others as long as there are
 * few. Of the rest they are read again when somebody opens it.
 */
export const heldLogsMax = 30
/** Rooms whose entries the server sends as they come, on one socket: contracts/chat/frames.md. */
export const liveRoomsMax = 200
/** A list of more rooms is read again so often, for what is new in those that are not live. */
export const notLiveReadMillis = 60_000

type Logs = ReadonlyMap<string, RoomLog>

/** The rooms that were looked at last, the newest first, now that this one is looked at. */
export function lookedAt(recent: readonly string[], roomId: string): readonly string[] {
  return [roomId, ...recent.filter((each) => each !== roomId)].slice(0, heldLogsMax)
}

/** Which rooms are live if so many may be: what was looked at last, what has a message to send, the rest in order. */
export function liveRooms(logs: Logs, recent: readonly string[], max: number): ReadonlySet<string> {
  const sending = [...logs].flatMap(([roomId, log]) => (log.pending.length > 0 ? [roomId] : []))
  const wanted = new Set([...recent.filter((each) => logs.has(each)), ...sending, ...logs.keys()])
  return new Set([...wanted].slice(0, max))
}

/**
 * The logs as they stand when the server's list of rooms is here: one for each room, new ones empty.
 * A room that is not live begins anew where the list says, because nobody sends us what came before.
 */
export function logsOf(rooms: readonly Room[], logs: Logs, live: ReadonlySet<string>): Logs {
  return new Map(
    rooms.map(({ roomId, lastSeq: last }) => {
      const log = logs.get(roomId) ?? emptyLog(last)
      return [roomId, live.has(roomId) || last <= lastSeq(log) ? log : emptiedLog(log, last)]
    }),
  )
}

/** The logs of which few keep entries, first the `recent` ones. */
export function heldLogs(logs: Logs, recent: readonly string[]): Logs {
  const filled = [...logs].flatMap(([roomId, log]) => (log.entries.length > 0 ? [roomId] : []))
  if (filled.length <= heldLogsMax) {
    return logs
  }
  const held = new Set([...new Set([...recent, ...filled])].slice(0, heldLogsMax))
  return new Map(
    [...logs].map(([roomId, log]) => [
      roomId,
      held.has(roomId) || log.entries.length === 0 ? log : withoutEntries(log),
    ]),
  )
}
