/**
 * How well `typed` fits a name: its letters stand in it in this order. Beginnings of words and letters
 * side by side count more, and so do short names. `null` if it does not fit.
 */
export function fuzzyScore(name: string, typed: string): number | null {
  const text = name.toLowerCase().normalize('NFKC')
  const wanted = [...typed.toLowerCase().normalize('NFKC').replace(/\s+/g, '')]
  let score = 0
  let from = 0
  for (const letter of wanted) {
    const at = text.indexOf(letter, from)
    if (at < 0) {
      return null
    }
    const begins = at === 0 || /[\s._-]/.test(text[at - 1] ?? '')
    score += begins ? 8 : at === from ? 5 : 1
    from = at + letter.length
  }
  return score - text.length / 100
}

/** Those that fit, the best first; all in their order where nothing is typed. */
export function fuzzyFind<T>(
  all: readonly T[],
  typed: string,
  nameOf: (each: T) => string,
): readonly T[] {
  return all
    .flatMap((each) => {
      const score = fuzzyScore(nameOf(each), typed)
      return score === null ? [] : [{ each, score: typed.trim() === '' ? 0 : score }]
    })
    .sort((one, other) => other.score - one.score)
    .map(({ each }) => each)
}
