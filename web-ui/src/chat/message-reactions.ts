import { createStore } from '../ui/store.ts'
import type { Entry, Reaction } from '../wire/frames.ts'
import { indexFrom } from './entry-changes.ts'
import { counted } from './message-marks.ts'
import type { RoomLogs } from './room-logs.ts'

/** The request of wire/reactions.ts. */
export interface ReactionRequests {
  readonly set: (roomId: string, seq: number, emoji: string, on: boolean) => Promise<void>
}

export interface ReactionParts {
  readonly me: string
  readonly logs: Pick<RoomLogs, 'get'>
  readonly requests: ReactionRequests
  readonly after: (millis: number, run: () => void) => void
}

/** Of a message, what I want of my reactions: by emoji, on or off. */
export type Wishes = ReadonlyMap<string, boolean>

/** So long after the server's answer, the entry that shows it may arrive in the log. */
export const echoMillisMax = 10_000

/** The message that wishes are about. */
export function wishKey(roomId: string, seq: number): string {
  return `${roomId}/${seq}`
}

/** The reactions as they will be once the server has done what I want. */
export function withWishes(
  reactions: readonly Reaction[],
  wishes: Wishes | undefined,
): readonly Reaction[] {
  let shown = reactions
  for (const [emoji, on] of wishes ?? []) {
    const mine = reactions.find((each) => each.emoji === emoji)?.mine ?? false
    if (mine !== on) {
      shown = counted(shown, emoji, { one: on ? 1 : -1, mine: true })
    }
  }
  return shown
}

interface Wish {
  on: boolean
  /** What the server was asked for last. */
  sent: boolean
  /** The log has shown that. */
  echoed: boolean
  /** The requests that are under way; `null` once the server has answered. */
  running: Promise<void> | null
}

/**
 * My reactions, which show before the server has them: as wishes over what the log says. A wish ends
 * when the log shows it, or when the server refuses it. Of one message and emoji one request is under
 * way at a time, so that the last wish is what stays. Confined to the page's one thread.
 */
export class MessageReactions {
  /** By {@link wishKey}. */
  readonly wishes = createStore<ReadonlyMap<string, Wishes>>(new Map())
  readonly #parts: ReactionParts
  /** By message and emoji. */
  readonly #wished = new Map<string, Map<string, Wish>>()

  constructor(parts: ReactionParts) {
    this.#parts = parts
  }

  /** Puts an emoji to a message, or takes it back. Rejects with a problem, and then it is as before. */
  react(roomId: string, seq: number, emoji: string, on: boolean): Promise<void> {
    const key = wishKey(roomId, seq)
    const ofMessage = this.#wished.get(key) ?? new Map<string, Wish>()
    const wish = ofMessage.get(emoji) ?? { on, sent: on, echoed: false, running: null }
    wish.on = on
    this.#wished.set(key, ofMessage.set(emoji, wish))
    this.#show(key)
    wish.running ??= this.#ask(roomId, seq, emoji, wish)
    return wish.running
  }

  /** What the log shows needs no wish any more. */
  heard(roomId: string, entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'reacted' && entry.personId === this.#parts.me) {
        this.#echoed(roomId, entry.reacted, true)
      } else if (entry.kind === 'unreacted' && entry.personId === this.#parts.me) {
        this.#echoed(roomId, entry.unreacted, false)
      }
    }
  }

  async #ask(roomId: string, seq: number, emoji: string, wish: Wish): Promise<void> {
    const key = wishKey(roomId, seq)
    try {
      do {
        wish.sent = wish.on
        wish.echoed = false
        await this.#parts.requests.set(roomId, seq, emoji, wish.sent)
      } while (wish.on !== wish.sent)
    } catch (error) {
      this.#end(key, emoji, wish)
      throw error
    }
    wish.running = null
    if (wish.echoed || this.#isMine(roomId, seq, emoji) === wish.sent) {
      this.#end(key, emoji, wish)
    } else {
      const end = () => {
        if (wish.running === null) {
          this.#end(key, emoji, wish)
        }
      }
      this.#parts.after(echoMillisMax, end)
    }
  }

  #isMine(roomId: string, seq: number, emoji: string): boolean {
    const entries = this.#parts.logs.get(roomId)?.entries ?? []
    const message = entries[indexFrom(entries, seq)]
    return (
      message?.kind === 'message' &&
      message.seq === seq &&
      (message.reactions?.some((each) => each.emoji === emoji && each.mine) ?? false)
    )
  }

  #echoed(
    roomId: string,
    { targetSeq, emoji }: { readonly targetSeq: number; readonly emoji: string },
    on: boolean,
  ): void {
    const key = wishKey(roomId, targetSeq)
    const wish = this.#wished.get(key)?.get(emoji)
    if (wish !== undefined && wish.sent === on) {
      wish.echoed = true
      if (wish.running === null) {
        this.#end(key, emoji, wish)
      }
    }
  }

  #end(key: string, emoji: string, wish: Wish): void {
    const ofMessage = this.#wished.get(key)
    if (ofMessage?.get(emoji) === wish) {
      ofMessage.delete(emoji)
      if (ofMessage.size === 0) {
        this.#wished.delete(key)
      }
      this.#show(key)
    }
  }

  #show(key: string): void {
    const shown = new Map(this.wishes.get())
    const ofMessage = this.#wished.get(key)
    if (ofMessage === undefined) {
      shown.delete(key)
    } else {
      shown.set(key, new Map([...ofMessage].map(([emoji, { on }]) => [emoji, on])))
    }
    this.wishes.set(shown)
  }
}
