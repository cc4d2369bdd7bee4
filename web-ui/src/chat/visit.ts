import type { Reading } from './reading.ts'
import type { RoomLog } from './room-log.ts'
import {
  outside,
  placeBySeeing,
  type Stretch,
  shared,
  withoutSeenBehind,
  withSeen,
} from './seen-stretches.ts'

/** What somebody looks at. */
export interface Look {
  readonly log: RoomLog
  readonly reading: Reading
  /** `null` if no row is in view. */
  readonly view: Stretch | null
  /** Is somebody looking at the page? */
  readonly watching: boolean
}

/**
 * What somebody has seen of a room since they came. Where the place moves back, what stands behind it
 * counts as not seen; and what was in view then counts only once it has left the view and comes again,
 * so that a message that was marked as unread stays unread.
 */
export class Visit {
  readonly #me: string
  #seen: readonly Stretch[] = []
  #place = 0
  /** Was in view when the place moved back, and has not left it. */
  #stays: Stretch | null = null

  constructor(me: string) {
    this.#me = me
  }

  /** The place up to which everything is read now; `null` if it stays. */
  look({ log, reading, view, watching }: Look): number | null {
    if (reading.place < this.#place) {
      this.#seen = withoutSeenBehind(this.#seen, reading.place)
      this.#stays = view
    }
    this.#place = reading.place
    this.#stays = shared(this.#stays, view)
    if (!watching || view === null) {
      return null
    }
    for (const each of outside(view, this.#stays)) {
      this.#seen = withSeen(this.#seen, each)
    }
    const place = placeBySeeing(log, reading, this.#seen, this.#me)
    this.#place = place ?? reading.place
    return place
  }
}
