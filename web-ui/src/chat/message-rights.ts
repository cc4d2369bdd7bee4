import type { ShownEntry } from '../wire/frames.ts'
import type { Role } from '../wire/rooms.ts'
import type { RoomLog } from './room-log.ts'

/** For how long people edit and delete what they sent. */
export interface EditTime {
  /** `null` for always. */
  readonly seconds: number | null
  /** How far the server's clock is ahead of ours: its clock counts. */
  readonly clockAheadMillis: number
}

/** Who somebody is in a room, and what time allows there. */
export interface Rights {
  readonly me: string
  readonly role: Role
  readonly editTime: EditTime
}

/** May I give this message another text? The server decides; this says what is offered. */
export function mayEdit(entry: ShownEntry, rights: Rights, nowMillis: number): boolean {
  return isOfMine(entry, rights) && isInTime(entry, rights.editTime, nowMillis)
}

/** An owner deletes any message, at any time. */
export function mayDelete(entry: ShownEntry, rights: Rights, nowMillis: number): boolean {
  return rights.role === 'owner' ? stands(entry) : mayEdit(entry, rights, nowMillis)
}

/** My last message here, if I may edit it; none while one of mine is on its way. */
export function lastToEdit(log: RoomLog, rights: Rights, nowMillis: number): number | null {
  const last =
    log.pending.length === 0 ? log.entries.findLast((entry) => isOfMine(entry, rights)) : undefined
  return last !== undefined && mayEdit(last, rights, nowMillis) ? last.seq : null
}

function stands(entry: ShownEntry): boolean {
  return entry.kind === 'message' && entry.deleted === undefined
}

function isOfMine(entry: ShownEntry, { me }: Rights): boolean {
  return stands(entry) && entry.personId === me
}

function isInTime(entry: ShownEntry, time: EditTime, nowMillis: number): boolean {
  const ageMillis = nowMillis + time.clockAheadMillis - Date.parse(entry.sentAt)
  return time.seconds === null || ageMillis < time.seconds * 1_000
}
