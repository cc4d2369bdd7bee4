import { createStore } from '../ui/store.ts'
import { Problem } from '../wire/problem.ts'
import emojiUrl from './emoji.txt?url'
import { type Emoji, readEmoji } from './emoji-search.ts'

/** All emoji, once somebody asked for one; empty before that. */
export const emojiTable = createStore<readonly Emoji[]>([])
let reading: Promise<void> | null = null

/** Fetches them from our own origin; without a line it rejects with a problem, and the next one who asks tries again. */
export function askForEmoji(): Promise<void> {
  reading ??= fetch(emojiUrl)
    .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
    .then((table) => emojiTable.set(readEmoji(table)))
    .catch(() => {
      reading = null
      throw new Problem('unreachable', 0, '')
    })
  return reading
}
