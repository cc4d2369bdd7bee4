import type { PersonRef } from './frames.ts'

/** What a name may have behind its first character; contracts/names.json has examples. */
const inNames = /[\p{L}\p{Nd}\p{Mn}\p{Mc}._-]/u
const first = /[\p{L}\p{Nd}]/u
const ignorable = /\p{Default_Ignorable_Code_Point}/u
const blank = /\p{White_Space}/u
const unseen = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u{2800}\u{1D159}]/gu

/**
 * The name of somebody who writes it like this: blanks become a dot, and what a name cannot have is
 * left out. A name gives itself; empty if nothing is left.
 */
export function handleOf(typed: string): string {
  const kept = [...typed.normalize('NFC')]
    .map((character) => (blank.test(character) ? ' ' : character))
    .filter(
      (character) => character === ' ' || (inNames.test(character) && !ignorable.test(character)),
    )
    .join('')
  const dotted = kept
    .trim()
    .replace(/ *([._-]) */g, '$1')
    .replace(/ +/g, '.')
  const characters = [...dotted]
  const start = characters.findIndex((character) => first.test(character))
  return start < 0 ? '' : characters.slice(start).join('')
}

/** What a person is called. */
export function shownName(person: Pick<PersonRef, 'name' | 'displayName'>): string {
  return person.displayName ?? person.name
}

/** Whether a message has something that one sees. The server decides by the same rule. */
export function showsSomething(text: string): boolean {
  return text.replace(unseen, '') !== ''
}

/** Two names with the same key are the same name: `Ada`, `ADA` and `Ａｄａ`. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}
