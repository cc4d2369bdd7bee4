import type { EntryWindow } from './entry-window.ts'
import { lastSeq, type RoomLog } from './room-log.ts'

/** The row that a reader sees first, and how far it stands below the upper edge, in pixels. */
export interface Anchor {
  readonly seq: string
  readonly offset: number
}

/** Where somebody was reading, not at the end. */
export interface ScrollPlace {
  readonly anchor: Anchor
  readonly window: EntryWindow
}

/** Rooms whose places are kept. */
export const scrollPlacesMax = 100

/**
 * Where somebody was reading in each room that they left: there they go on when they come back. As
 * long as the page; the room that was left longest ago leaves.
 */
export class ScrollPlaces {
  readonly #places = new Map<string, ScrollPlace>()

  /** `null` stands for the end, where everybody begins. */
  leave(roomId: string, place: ScrollPlace | null): void {
    this.#places.delete(roomId)
    if (place !== null) {
      this.#places.set(roomId, place)
    }
    const [oldest] = this.#places.keys()
    if (this.#places.size > scrollPlacesMax && oldest !== undefined) {
      this.#places.delete(oldest)
    }
  }

  /** `null` also if that row is not here any more. */
  find(roomId: string, log: RoomLog): ScrollPlace | null {
    const place = this.#places.get(roomId)
    const seq = Number(place?.anchor.seq)
    return place !== undefined && seq > log.after && seq <= lastSeq(log) ? place : null
  }
}

const ofChats = new WeakMap<object, ScrollPlaces>()

/** The places of the person whose chat this is. */
export function scrollPlacesOf(chat: object): ScrollPlaces {
  const known = ofChats.get(chat) ?? new ScrollPlaces()
  ofChats.set(chat, known)
  return known
}
