import { createStore } from '../ui/store.ts'
import type { Room, RoomPage } from '../wire/rooms.ts'

/** So long after the last key nobody types on: then the server is asked. */
export const typingMillis = 200

export interface RoomSearchState {
  readonly typed: string
  readonly rooms: readonly Room[]
  /** What the rooms were found for; while something else is looked for, they stay. */
  readonly foundFor: string | null
  /** Where the next page begins; `null` if there is none. */
  readonly next: string | null
  readonly status: 'searching' | 'found' | 'failed'
  readonly failure: unknown
}

/**
 * Looks for rooms while somebody types, page by page. Only the answer to the newest question counts:
 * older questions are given up, whatever comes of them. Confined to the page's one thread.
 */
export class RoomSearch {
  readonly store = createStore<RoomSearchState>({
    typed: '',
    rooms: [],
    foundFor: null,
    next: null,
    status: 'searching',
    failure: null,
  })
  readonly #find: (typed: string, cursor: string | null, signal: AbortSignal) => Promise<RoomPage>
  #question: AbortController | null = null
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(
    find: (typed: string, cursor: string | null, signal: AbortSignal) => Promise<RoomPage>,
  ) {
    this.#find = find
  }

  /** Asks at once for what is typed, from the beginning. */
  start(): void {
    this.stop()
    this.#set({ status: 'searching', next: null, failure: null })
    void this.#ask(null)
  }

  type(typed: string): void {
    this.stop()
    this.#set({ typed, status: 'searching', next: null, failure: null })
    this.#pause = setTimeout(() => void this.#ask(null), typingMillis)
  }

  /** The next page, if there is one and nothing else is under way. */
  more(): void {
    const { next, status } = this.store.get()
    if (next !== null && status !== 'searching') {
      this.#set({ status: 'searching', failure: null })
      void this.#ask(next)
    }
  }

  /** Asks again for what failed: the first page or a later one. */
  retry(): void {
    if (this.store.get().next === null) {
      this.start()
    } else {
      this.more()
    }
  }

  stop(): void {
    clearTimeout(this.#pause)
    this.#question?.abort()
    this.#question = null
  }

  async #ask(cursor: string | null): Promise<void> {
    const question = new AbortController()
    this.#question = question
    try {
      const page = await this.#find(this.store.get().typed, cursor, question.signal)
      if (this.#question === question) {
        this.#found(page, cursor)
      }
    } catch (failure) {
      if (this.#question === question) {
        this.#set({ status: 'failed', failure, ...(cursor === null ? { rooms: [] } : {}) })
      }
    }
  }

  #found(page: RoomPage, cursor: string | null): void {
    const before = cursor === null ? [] : this.store.get().rooms
    const known = new Set(before.map((room) => room.roomId))
    const rooms = [...before, ...page.rooms.filter((room) => !known.has(room.roomId))]
    const foundFor = this.store.get().typed
    this.#set({ rooms, foundFor, next: page.next, status: 'found', failure: null })
  }

  #set(change: Partial<RoomSearchState>): void {
    this.store.set({ ...this.store.get(), ...change })
  }
}
