import { createStore } from '../ui/store.ts'
import emojiUrl from './emoji.txt?url'
import { type Emoji, readEmoji } from './emoji-search.ts'

/** All emoji, once somebody asked for one; empty before that. */
export const emojiTable = createStore<readonly Emoji[]>([])
let reading = false

/** Fetches them from our own origin; without a line, the next colon asks again. */
export function askForEmoji(): void {
  if (reading) {
    return
  }
  reading = true
  fetch(emojiUrl)
    .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
    .then(
      (table) => emojiTable.set(readEmoji(table)),
      () => {
        reading = false
      },
    )
}
