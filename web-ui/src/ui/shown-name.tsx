// Marks, embeddings, overrides and isolates of the bidirectional algorithm, and line ends.
const steering = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\p{Cc}]/gu

/**
 * A name with what would turn or break its text written out: `invoice`, U+202E, `fdp.exe` is shown as
 * `invoice[U+202E]fdp.exe`. Services refuse such names, but old ones may have them.
 */
export function visibleName(name: string): string {
  return name.replace(steering, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return `[U+${hex}]`
  })
}

/** A name in its own direction, which changes nothing around it. */
export function ShownName({ name }: { readonly name: string }) {
  return <bdi>{visibleName(name)}</bdi>
}
