import type { Box } from '../ui/popover.tsx'
import { createStore } from '../ui/store.ts'
import type { PersonRef } from '../wire/frames.ts'

/** Whose card is open, and beside what; `null` for nobody's. */
export const openedCard = createStore<{ readonly person: PersonRef; readonly anchor: Box } | null>(
  null,
)

/** Shows the card of a person beside what names them. */
export function openCard(person: PersonRef, beside: Element): void {
  openedCard.set({ person, anchor: beside.getBoundingClientRect() })
}
