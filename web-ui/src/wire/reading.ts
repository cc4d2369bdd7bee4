import { read, request } from './http.ts'
import { asObject, readInteger, readIntegers, readOptionalInteger } from './read.ts'
import { roomPath } from './rooms.ts'

/** What is unread in a room, up to `lastSeq` of its log. */
export interface Unread {
  readonly lastSeq: number
  readonly lastReadSeq: number
  /** 100 may be more. */
  readonly unread: number
  /** `null` if nothing is unread. */
  readonly firstUnreadSeq: number | null
  /** The newest unread messages that mention me, ascending; 100 may be more. */
  readonly mentions: readonly number[]
}

/** Up to where somebody has read a room. */
export interface RoomPlace {
  readonly roomId: string
  readonly seq: number
}

/** The most that one request moves. */
export const placesAtOnce = 200

export async function getUnread(roomId: string): Promise<Unread> {
  return read(await request(`${roomPath(roomId)}/unread`), (body) => {
    const from = asObject(body, 'what is unread')
    return {
      lastSeq: readInteger(from, 'lastSeq'),
      lastReadSeq: readInteger(from, 'lastReadSeq'),
      unread: readInteger(from, 'unread'),
      firstUnreadSeq: readOptionalInteger(from, 'firstUnreadSeq'),
      mentions: from.mentions == null ? [] : readIntegers(from, 'mentions'),
    }
  })
}

/**
 * Everything up to these places is read; with `back`, what follows them is unread again. The request
 * goes on when the page is closed.
 */
export async function putRead(places: readonly RoomPlace[], back: boolean): Promise<void> {
  const body = { rooms: places, ...(back ? { back } : {}) }
  await request('/api/people/me/read', { method: 'PUT', body, keepalive: true })
}
