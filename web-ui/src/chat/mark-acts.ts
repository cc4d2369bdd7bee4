import type { Box } from '../ui/popover.tsx'
import type { Store } from '../ui/store.ts'
import type { Wishes } from './message-reactions.ts'

/** How somebody reacts to the messages of a room, and pins them. */
export interface MarkActs {
  readonly roomId: string
  readonly me: string
  /** What I want of my reactions: see {@link MessageReactions}. */
  readonly wishes: Store<ReadonlyMap<string, Wishes>>
  /** Guests do not pin. */
  readonly mayPin: boolean
  /** Chooses an emoji for a message; beside the message if nothing else asked for it. */
  readonly onPick: (seq: number, anchor?: Box) => void
  readonly onReact: (seq: number, emoji: string, on: boolean) => void
  readonly onPin: (seq: number, on: boolean) => void
}
