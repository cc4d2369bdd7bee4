import { fuzzyScore } from '../ui/fuzzy.ts'
import type { PersonRef } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import { mayStandBefore } from './names-in-text.ts'
import type { RoomNames } from './room-names.ts'

/** People who are offered at once. */
export const offeredPeopleMax = 8

/** What `@` can be written before: a person, or what calls many of them. */
export type Callable = { readonly person: PersonRef } | { readonly call: 'here' | 'room' }

/** What somebody has begun to write behind an at sign, and where that stands. */
export interface MentionQuery {
  readonly from: number
  readonly typed: string
}

const query = /@([\p{L}\p{Nd}\p{Mn}\p{Mc}._-]{0,32})$/u

/** What stands before the caret, if it asks for somebody. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const written = text.slice(Math.max(0, caret - 70), caret)
  const found = query.exec(written)
  if (found === null) {
    return null
  }
  const before = [...written.slice(0, found.index)].at(-1)
  return before === undefined || mayStandBefore(before, '@')
    ? { from: caret - found[0].length, typed: found[1] ?? '' }
    : null
}

/** Whom it may mean: the best fit first, and of these who wrote last. One does not mention oneself. */
export function findCallable(names: RoomNames, typed: string): readonly Callable[] {
  const writers = names.writers()
  const latest = new Map(writers.map((personId, at) => [personId, writers.length - at]))
  const people = (names.members ?? [])
    .filter(({ personId }) => personId !== names.me)
    .flatMap((person) => {
      const score = scoreOf(person, typed)
      return score === null ? [] : [{ person, score, wrote: latest.get(person.personId) ?? 0 }]
    })
    .sort(
      (one, other) =>
        other.score - one.score ||
        other.wrote - one.wrote ||
        (shownName(one.person) < shownName(other.person) ? -1 : 1),
    )
    .slice(0, offeredPeopleMax)
    .map(({ person }) => ({ person }))
  const calls = (['here', 'room'] as const)
    .filter((call) => names.mayCall[call] && call.startsWith(typed.toLowerCase()))
    .map((call) => ({ call }))
  return [...people, ...calls]
}

/** How well it fits; the same for all where nothing is typed. `null` if it does not. */
function scoreOf(person: PersonRef, typed: string): number | null {
  if (typed === '') {
    return 0
  }
  const scores = [person.name, shownName(person)].map((name) => fuzzyScore(name, typed))
  const fitting = scores.filter((score) => score !== null)
  return fitting.length === 0 ? null : Math.max(...fitting)
}
