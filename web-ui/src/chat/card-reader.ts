import type { Card } from '../wire/frames.ts'
import { cards, cardWishes, cardWishesMax, hearCards } from './cards.ts'

/** The requests of wire/cards.ts and wire/rooms.ts. */
export interface CardRequests {
  readonly mine: () => Promise<Card>
  readonly of: (personId: string) => Promise<Card>
  readonly members: (roomId: string) => Promise<readonly Card[]>
}

/** In a larger room the cards are read of those who said something, one by one, and not of all. */
export const membersReadMax = 200

/**
 * Reads the cards of the people that the page shows: mine, those of the open room, and others as they
 * are wished for; one request at a time. A connection that broke may have missed changes: the next one
 * reads them again. Confined to the page's one thread.
 */
export class CardReader {
  readonly #requests: CardRequests
  readonly #isOnline: () => boolean
  readonly #unwatch: () => void
  /** Read in this connection, or not there: by what was asked. */
  readonly #read = new Set<string>()
  /** People whose cards were read one by one, the last ones. */
  #single: readonly string[] = []
  /** Known, and asked again: they may be others by now. */
  readonly #again = new Set<string>()
  #openRoom: string | null = null
  /** People whose cards came by themselves while the server was asked. */
  readonly #news = new Set<string>()
  #busy = false
  #stopped = false

  constructor(requests: CardRequests, isOnline: () => boolean) {
    this.#requests = requests
    this.#isOnline = isOnline
    cards.set(new Map())
    cardWishes.set([])
    this.#unwatch = cardWishes.watch(() => void this.#work())
  }

  stop(): void {
    this.#stopped = true
    this.#unwatch()
  }

  /** A connection begins. */
  welcomed(): void {
    this.#read.clear()
    for (const personId of this.#single) {
      this.#again.add(personId)
    }
    cardWishes.set([...new Set([...cardWishes.get(), ...this.#single])].slice(0, cardWishesMax))
    this.#single = []
    void this.#work()
  }

  /** Somebody looks at a room of so many people. */
  opened(roomId: string, memberCount: number): void {
    this.#openRoom = memberCount <= membersReadMax ? roomId : null
    void this.#work()
  }

  heard(card: Card): void {
    this.#news.add(card.personId)
    hearCards([card])
  }

  async #work(): Promise<void> {
    if (this.#busy) {
      return
    }
    this.#busy = true
    for (let ask = this.#next(); ask !== null; ask = this.#next()) {
      this.#news.clear()
      try {
        const read = await ask()
        if (!this.#stopped) {
          hearCards(read.filter(({ personId }) => !this.#news.has(personId)))
        }
      } catch {
        // Who is not seen here is shown by the name; a line that broke comes back and asks again.
      }
    }
    this.#busy = false
  }

  #next(): (() => Promise<readonly Card[]>) | null {
    if (this.#stopped || !this.#isOnline()) {
      return null
    }
    const { mine, of, members } = this.#requests
    if (this.#begins('me')) {
      return async () => [await mine()]
    }
    const roomId = this.#openRoom
    if (roomId !== null && this.#begins(`room ${roomId}`)) {
      return () => members(roomId)
    }
    const [personId, ...others] = cardWishes.get()
    if (personId === undefined) {
      return null
    }
    cardWishes.set(others)
    const known = cards.get().has(personId) && !this.#again.delete(personId)
    if (known || !this.#begins(personId)) {
      return this.#next()
    }
    this.#single = [...this.#single, personId].slice(-cardWishesMax)
    return async () => [await of(personId)]
  }

  /** Whether this was not asked in this connection; from now on it was. */
  #begins(what: string): boolean {
    const begins = !this.#read.has(what)
    this.#read.add(what)
    return begins
  }
}
