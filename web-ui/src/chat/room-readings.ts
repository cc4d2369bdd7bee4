import type { Store } from '../ui/store.ts'
import type { PersonRef } from '../wire/frames.ts'
import type { RoomPlace, Unread } from '../wire/reading.ts'
import type { Room } from '../wire/rooms.ts'
import { type ChatState, withEntry } from './chat-state.ts'
import { type Move, PlaceReports } from './place-reports.ts'
import { movedTo, type Reading, readingOf, readingOfList, recounted } from './reading.ts'
import type { RoomLog } from './room-log.ts'
import { UnreadQuestions } from './unread-questions.ts'

/** The requests of wire/reading.ts. */
export interface ReadingRequests {
  readonly getUnread: (roomId: string) => Promise<Unread>
  readonly putRead: (places: readonly RoomPlace[], back: boolean) => Promise<void>
}

/** A place that was not reported when the page was closed. */
export interface KeptPlace extends RoomPlace {
  /** Of the log that it is in. */
  readonly epoch: string
}

/** Where this browser keeps places until they are reported. */
export interface KeptPlaces {
  /** As they were when the page was opened. */
  readonly places: readonly KeptPlace[]
  readonly keepPlaces: (places: readonly KeptPlace[]) => void
  readonly forgetPlaces: (roomIds: readonly string[]) => void
}

export interface ReadingParts {
  readonly store: Store<ChatState>
  readonly me: PersonRef
  readonly requests: ReadingRequests
  readonly kept: KeptPlaces
  readonly after: (millis: number, run: () => void) => void
}

/** What was known of a room before its place moved to `to`. */
export interface Moved {
  readonly roomId: string
  readonly before: Reading
  readonly to: number
}

/**
 * How far one person has read each room. The server has the truth, and all devices of the person show
 * it. The page counts on from there (reading.ts), shows where its reader gets at once, and reports it
 * (place-reports.ts). An answer of the server is of the moment at which it was asked: what moved
 * meanwhile is asked for again. Confined to the page's one thread.
 */
export class RoomReadings {
  readonly #parts: ReadingParts
  readonly #reports: PlaceReports
  readonly #questions: UnreadQuestions
  /** By room, the moment at which its place moved last: of moments of this page, which it counts. */
  readonly #movedAt = new Map<string, number>()
  /** Rooms of which something was heard while a report was under way. */
  readonly #doubts = new Set<string>()
  #moment = 0
  #epoch: string | null = null
  #lookedAt: ChatState['reading'] = new Map()

  constructor(parts: ReadingParts) {
    this.#parts = parts
    const { requests, after } = parts
    const isOnline = () => this.#epoch !== null && this.#state().connection.status === 'connected'
    this.#reports = new PlaceReports({
      put: requests.putRead,
      isOnline,
      after,
      onDone: (moves) => this.#reported(moves),
    })
    this.#questions = new UnreadQuestions({
      ask: requests.getUnread,
      wants: (roomId) => isOnline() && this.#state().reading.has(roomId),
      after,
      begin: (roomId) => {
        const since = this.#moment
        return (answer) => {
          const log = this.#state().logs.get(roomId)
          if (log !== undefined) {
            this.#put(roomId, this.#answered(since, roomId, readingOf(answer), log))
          }
        }
      },
    })
  }

  /** The first frame of a connection names the log that our places are in. */
  welcomed(epoch: string): void {
    if (this.#epoch === null) {
      const { places, forgetPlaces } = this.#parts.kept
      forgetPlaces(places.filter((each) => each.epoch !== epoch).map(({ roomId }) => roomId))
      for (const { roomId, seq } of places.filter((each) => each.epoch === epoch)) {
        this.#reports.add({ roomId, seq, back: false })
      }
    } else if (this.#epoch !== epoch) {
      this.#reports.forgetAll()
    }
    this.#epoch = epoch
    this.#reports.resume()
  }

  /** Before the list of rooms is asked for; the list that it brings comes with this. */
  beforeList(): number {
    return this.#moment
  }

  /** What a list of my rooms says, over the logs as they are with it. */
  listed(
    since: number,
    rooms: readonly Room[],
    logs: ReadonlyMap<string, RoomLog>,
  ): ChatState['reading'] {
    return new Map(
      rooms.flatMap(({ roomId, lastSeq, lastReadSeq, ...counted }) => {
        const log = logs.get(roomId)
        const place = lastReadSeq ?? lastSeq
        const says = {
          lastSeq,
          lastReadSeq: place,
          unread: counted.unread ?? 0,
          firstUnreadSeq: null,
          mentions: counted.mentions ?? 0,
        }
        return log === undefined
          ? []
          : [[roomId, this.#answered(since, roomId, readingOfList(says), log)] as const]
      }),
    )
  }

  /** The server says up to where the person has read, on whichever device. */
  heard(roomId: string, place: number): void {
    const reading = this.#state().reading.get(roomId)
    const log = this.#state().logs.get(roomId)
    const move = this.#reports.of(roomId)
    if (reading === undefined || log === undefined || place === reading.place) {
      return
    }
    if (move !== undefined && place < reading.place) {
      if (!this.#reports.tells(roomId, place)) {
        this.#doubts.add(roomId)
      }
      return
    }
    this.#moved(roomId)
    this.#put(roomId, movedTo(reading, place, log, this.#parts.me.personId))
  }

  /** The person reads on to a place, or, with `back`, wants what follows it to be unread again. */
  move(roomId: string, seq: number, back: boolean): void {
    const reading = this.#state().reading.get(roomId)
    const log = this.#state().logs.get(roomId)
    if (
      reading === undefined ||
      log === undefined ||
      (back ? seq >= reading.place : seq <= reading.place)
    ) {
      return
    }
    this.#moved(roomId)
    this.#put(roomId, movedTo(reading, seq, log, this.#parts.me.personId))
    this.#reports.add({ roomId, seq, back })
  }

  /** Everything that is known of a room is read. */
  markRead(roomId: string): void {
    const reading = this.#state().reading.get(roomId)
    if (reading !== undefined && reading.unread > 0) {
      this.move(roomId, reading.to, false)
    }
  }

  /** Returns what {@link putBack} takes. */
  markAllRead(): readonly Moved[] {
    const unread = [...this.#state().reading].filter(([, { unread: count }]) => count > 0)
    for (const [roomId] of unread) {
      this.markRead(roomId)
    }
    return unread.map(([roomId, before]) => ({ roomId, before, to: before.to }))
  }

  /** Rooms in which the person has read on meanwhile stay as they are. */
  putBack(moved: readonly Moved[]): void {
    for (const { roomId, before, to } of moved) {
      const log = this.#state().logs.get(roomId)
      if (log !== undefined && this.#state().reading.get(roomId)?.place === to) {
        this.#moved(roomId)
        this.#put(roomId, recounted(before, log, this.#parts.me.personId))
        this.#reports.add({ roomId, seq: before.place, back: true })
      }
    }
  }

  /** Where does unread begin? The page does not have it. */
  askFirst(roomId: string): void {
    this.#questions.ask(roomId)
  }

  /** Asks what the page cannot count; called when something may have changed. */
  lookAround(): void {
    const { reading } = this.#state()
    if (reading !== this.#lookedAt) {
      this.#lookedAt = reading
      for (const [roomId, { guess }] of reading) {
        if (guess && this.#reports.of(roomId) === undefined) {
          this.#questions.ask(roomId)
        }
      }
    }
  }

  /** The page may be closed in the next task. */
  flush(): void {
    const epoch = this.#epoch
    if (epoch !== null) {
      const ahead = this.#reports.all().filter(({ back }) => !back)
      this.#parts.kept.keepPlaces(ahead.map(({ roomId, seq }) => ({ roomId, seq, epoch })))
      this.#reports.flush()
    }
  }

  #answered(since: number, roomId: string, says: Reading, log: RoomLog): Reading {
    const me = this.#parts.me.personId
    const before = this.#state().reading.get(roomId)
    if ((this.#movedAt.get(roomId) ?? 0) > since) {
      if (before !== undefined) {
        return recounted({ ...before, guess: true }, log, me)
      }
      this.#questions.ask(roomId)
    }
    // The page has counted further than the server when it answered.
    if (before !== undefined && isAhead(before, says)) {
      return recounted(before, log, me)
    }
    const known = before?.place === says.place && !before.guess ? before.clear : says.clear
    const now = {
      ...says,
      clear: says.unread === 0 ? says.to : Math.max(says.clear, known),
      firstMention: says.firstMention ?? before?.firstMention ?? null,
    }
    const move = this.#reports.of(roomId)
    const ahead = move !== undefined && (move.back || move.seq > now.place)
    return recounted(ahead ? movedTo(now, move.seq, log, me) : now, log, me)
  }

  #reported(moves: readonly Move[]): void {
    this.#parts.kept.forgetPlaces(moves.map(({ roomId }) => roomId))
    for (const { roomId } of moves) {
      this.#moved(roomId)
      if (this.#doubts.delete(roomId)) {
        this.#questions.ask(roomId)
      }
    }
    this.#lookedAt = new Map()
    this.lookAround()
  }

  #moved(roomId: string): void {
    this.#moment += 1
    this.#movedAt.set(roomId, this.#moment)
  }

  #put(roomId: string, reading: Reading): void {
    const state = this.#state()
    this.#parts.store.set({ ...state, reading: withEntry(state.reading, roomId, reading) })
    this.lookAround()
  }

  #state(): ChatState {
    return this.#parts.store.get()
  }
}

function isAhead(ours: Reading, theirs: Reading): boolean {
  return !ours.guess && ours.place === theirs.place && ours.to > theirs.to
}
