import { nameKey } from '../wire/names.ts'

/** Where a name stands in a text, with the sign before it, and what it means. */
export interface NamePlace<T> {
  readonly from: number
  readonly to: number
  readonly meant: T
}

/** Code points of the longest name: of a room. */
const nameCharactersMax = 64

const inName = /^[\p{L}\p{Nd}\p{Mn}\p{Mc}._-]$/u
const beginsName = /^[\p{L}\p{Nd}]$/u
const ignorable = /^\p{Default_Ignorable_Code_Point}$/u
/** Of a script without blanks between words; of Korean, because particles follow a name. */
const withoutBlanks =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Yi}\p{sc=Tai_Le}\p{sc=New_Tai_Lue}\p{sc=Tai_Tham}\p{sc=Tai_Viet}]$/u

function mayFollow(character: string): boolean {
  return inName.test(character) && !ignorable.test(character)
}

/** May a sign such as `@` stand behind this character, and begin a name? */
export function mayStandBefore(character: string, sign: '@' | '#'): boolean {
  return (
    character === '.' ||
    character === '-' ||
    (character !== '/' &&
      character !== sign &&
      (!mayFollow(character) || withoutBlanks.test(character)))
  )
}

/**
 * The names behind each `sign`: of each the longest that `meaning` knows, by its key. By the rule of
 * contracts/http.md, "Mentions", which the service follows too.
 */
export function namesIn<T>(
  text: string,
  sign: '@' | '#',
  meaning: ReadonlyMap<string, T>,
): readonly NamePlace<T>[] {
  const found: NamePlace<T>[] = []
  if (meaning.size === 0 || !text.includes(sign)) {
    return found
  }
  const characters = [...text]
  let offset = 0
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? ''
    const before = characters[at - 1]
    if (character === sign && (before === undefined || mayStandBefore(before, sign))) {
      const name = longestName(characters, at + 1, sign, meaning)
      if (name !== null) {
        found.push({ from: offset, to: offset + 1 + name.text.length, meant: name.meant })
      }
    }
    offset += character.length
  }
  return found
}

function longestName<T>(
  text: readonly string[],
  from: number,
  sign: string,
  meaning: ReadonlyMap<string, T>,
): { readonly text: string; readonly meant: T } | null {
  const end = endOfName(text, from)
  if (text[end] === sign) {
    return null
  }
  let ends = true
  for (let to = end; to > from; to--) {
    ends = to === end || endsBefore(text[to - 1] ?? '', text[to] ?? '', ends)
    if (ends && to - from <= nameCharactersMax) {
      const name = text.slice(from, to).join('')
      const meant = meaning.get(nameKey(name))
      if (meant !== undefined) {
        return { text: name, meant }
      }
    }
  }
  return null
}

/** Where the characters end that a name may have; `from` if none begins there. */
function endOfName(text: readonly string[], from: number): number {
  const first = text[from]
  if (first === undefined || !beginsName.test(first) || ignorable.test(first)) {
    return from
  }
  let end = from + 1
  while (mayFollow(text[end] ?? ' ')) {
    end += 1
  }
  return end
}

/** May a name end between two characters, if it may end behind both or not? */
function endsBefore(last: string, next: string, endsBehind: boolean): boolean {
  return next === '.' || next === '_' || next === '-'
    ? endsBehind || withoutBlanks.test(last)
    : beginsName.test(next) && (withoutBlanks.test(last) || withoutBlanks.test(next))
}
