import { Problem } from '../wire/problem.ts'
import { placesAtOnce, type RoomPlace } from '../wire/reading.ts'

/** Up to where somebody has read a room, or, with `back`, behind which it is unread again. */
export interface Move extends RoomPlace {
  readonly back: boolean
}

/** Between two reports, of all rooms together. */
export const reportMillis = 1_000
/** Before what failed is reported again. */
export const reportAgainMillis = 5_000

export interface ReportParts {
  readonly put: (places: readonly RoomPlace[], back: boolean) => Promise<void>
  readonly isOnline: () => boolean
  readonly after: (millis: number, run: () => void) => void
  /** The server has these, or will never take them. */
  readonly onDone: (moves: readonly Move[]) => void
}

/**
 * Tells the server up to where a person has read: one request at a time, at most one a second, each
 * with all rooms that moved. What fails is reported again. Confined to the page's one thread.
 */
export class PlaceReports {
  readonly #parts: ReportParts
  readonly #pending = new Map<string, Move>()
  #underWay: readonly Move[] = []
  /** Nothing is sent before a timer rings. */
  #waits = false

  constructor(parts: ReportParts) {
    this.#parts = parts
  }

  add(move: Move): void {
    // Behind a place to which somebody went back, going on is a part of going back.
    const back = move.back || this.#pending.get(move.roomId)?.back === true
    this.#pending.set(move.roomId, { ...move, back })
    this.#send()
  }

  /** What the server may not know of a room. */
  of(roomId: string): Move | undefined {
    return this.#pending.get(roomId) ?? this.#underWay.find((move) => move.roomId === roomId)
  }

  all(): readonly Move[] {
    const pending = [...this.#pending.values()]
    return [...this.#underWay.filter((move) => !this.#pending.has(move.roomId)), ...pending]
  }

  forgetAll(): void {
    this.#pending.clear()
  }

  /** The line is there again. */
  resume(): void {
    this.#send()
  }

  /** Is this what the server is being told? */
  tells(roomId: string, seq: number): boolean {
    return this.#underWay.some((move) => move.roomId === roomId && move.seq === seq)
  }

  /** Sends what waits without waiting any longer: the page may be closed in the next task. */
  flush(): void {
    while (this.#pending.size > 0) {
      void this.#request(this.#take())
    }
  }

  #send(): void {
    const isBusy = this.#waits || this.#underWay.length > 0
    if (!isBusy && this.#pending.size > 0 && this.#parts.isOnline()) {
      void this.#request(this.#take())
    }
  }

  #rest(millis: number): void {
    if (!this.#waits) {
      this.#waits = true
      this.#parts.after(millis, () => {
        this.#waits = false
        this.#send()
      })
    }
  }

  /** As many as one request takes, all in one direction. */
  #take(): readonly Move[] {
    const [first] = this.#pending.values()
    const moves = [...this.#pending.values()]
      .filter(({ back }) => back === first?.back)
      .slice(0, placesAtOnce)
    for (const { roomId } of moves) {
      this.#pending.delete(roomId)
    }
    return moves
  }

  async #request(moves: readonly Move[]): Promise<void> {
    this.#underWay = [...this.#underWay, ...moves]
    const places = moves.map(({ roomId, seq }) => ({ roomId, seq }))
    const failure = await this.#parts.put(places, moves[0]?.back === true).then(
      () => null,
      (error: unknown) => error,
    )
    this.#underWay = this.#underWay.filter((move) => !moves.includes(move))
    const again = failure !== null && mayHelpLater(failure)
    this.#rest(again ? reportAgainMillis : reportMillis)
    if (again) {
      this.#keep(moves)
    } else {
      this.#parts.onDone(moves)
    }
  }

  #keep(moves: readonly Move[]): void {
    for (const move of moves) {
      const later = this.#pending.get(move.roomId)
      this.#pending.set(move.roomId, later === undefined ? move : withEarlier(later, move))
    }
  }
}

function withEarlier(later: Move, earlier: Move): Move {
  return { ...later, back: later.back || earlier.back }
}

/** A request that the server understood and refused will be refused again. */
function mayHelpLater(error: unknown): boolean {
  const status = error instanceof Problem ? error.status : 0
  return status < 400 || status === 401 || status === 408 || status === 429 || status >= 500
}
