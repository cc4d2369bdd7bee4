import type { Catalogue } from '../ui/catalogue-en.ts'
import type { PersonRef } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'

/** So many are named; of more, two are named and the others counted. */
const namedMax = 3

/** What these people are called, in a few words. */
export function peopleNames(texts: Catalogue, people: readonly PersonRef[]): string {
  const shown = people.length <= namedMax ? people : people.slice(0, 2)
  return texts.chat.names(shown.map(shownName), people.length)
}
