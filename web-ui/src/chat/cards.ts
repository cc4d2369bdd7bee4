import { createStore } from '../ui/store.ts'
import type { Card } from '../wire/frames.ts'

/** Cards that the page keeps; of more, those that it learned first go. */
export const cardsMax = 5_000
/** People whose cards are wanted and not read yet; more are not waited for. */
export const cardWishesMax = 100

/** The cards that the page knows, by person. */
export const cards = createStore<ReadonlyMap<string, Card>>(new Map())

/** Whose cards are shown somewhere and not known; who reads one takes it out. */
export const cardWishes = createStore<readonly string[]>([])

/** These are their cards now. */
export function hearCards(heard: readonly Card[]): void {
  const known = new Map(cards.get())
  for (const card of heard) {
    known.delete(card.personId)
    known.set(card.personId, card)
  }
  for (const personId of [...known.keys()].slice(0, Math.max(0, known.size - cardsMax))) {
    known.delete(personId)
  }
  cards.set(known)
}

/** Does nothing if the card is known or waited for. */
export function wishForCard(personId: string): void {
  const wishes = cardWishes.get()
  if (!cards.get().has(personId) && !wishes.includes(personId) && wishes.length < cardWishesMax) {
    cardWishes.set([...wishes, personId])
  }
}
