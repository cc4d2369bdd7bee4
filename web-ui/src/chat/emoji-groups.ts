import type { Language } from '../ui/language.ts'
import type { Emoji } from './emoji-search.ts'

export type EmojiGroupId =
  | 'smileys'
  | 'people'
  | 'animals'
  | 'food'
  | 'travel'
  | 'activities'
  | 'objects'
  | 'symbols'
  | 'flags'

/** Unicode's groups, each with the emoji that it begins with in Unicode's order. */
const begins: readonly (readonly [EmojiGroupId, string])[] = [
  ['smileys', '😀'],
  ['people', '👋'],
  ['animals', '🐵'],
  ['food', '🍇'],
  ['travel', '🌍'],
  ['activities', '🎃'],
  ['objects', '👓'],
  ['symbols', '🏧'],
  ['flags', '🏁'],
]

export interface EmojiGroup {
  readonly id: EmojiGroupId
  readonly emoji: readonly Emoji[]
}

/** The emoji of a table, which is in Unicode's order, by group. */
export function emojiGroups(all: readonly Emoji[]): readonly EmojiGroup[] {
  const starts = begins.map(([id, first]) => ({
    id,
    from: all.findIndex(({ emoji }) => emoji === first),
  }))
  return starts.map(({ id, from }, at) => ({
    id,
    emoji: all.slice(from, starts[at + 1]?.from ?? all.length),
  }))
}

/** What an emoji is called; itself if it has no name. */
export function nameOfEmoji({ emoji, names, chinese }: Emoji, language: Language): string {
  return (language === 'zh' ? chinese[0] : longest(names)) || emoji
}

/** What the sign is called that is an emoji; itself as long as the table is not here. */
export function nameOfSign(all: readonly Emoji[], sign: string, language: Language): string {
  const found = all.find(({ emoji }) => emoji === sign)
  return found === undefined ? sign : nameOfEmoji(found, language)
}

/** The longest short name says most. */
function longest(names: readonly string[]): string {
  const [first = ''] = [...names].sort((one, other) => other.length - one.length)
  return first.replaceAll('_', ' ')
}

/** Where an arrow leads in a grid of groups under each other: from one group on into the next. */
export function gridStep(
  key: string,
  at: number,
  sizes: readonly number[],
  columns: number,
): number | null {
  const count = sizes.reduce((sum, size) => sum + size, 0)
  switch (key) {
    case 'ArrowRight':
      return Math.min(at + 1, count - 1)
    case 'ArrowLeft':
      return Math.max(at - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'ArrowDown':
    case 'ArrowUp':
      return rowStep(key === 'ArrowDown' ? 1 : -1, at, sizes, columns)
    default:
      return null
  }
}

/** The place in the row below or above, in the same column or in the last one that the row has. */
function rowStep(by: 1 | -1, at: number, sizes: readonly number[], columns: number): number {
  const rows: { readonly from: number; readonly size: number }[] = []
  let from = 0
  for (const size of sizes) {
    for (let row = 0; row < size; row += columns) {
      rows.push({ from: from + row, size: Math.min(columns, size - row) })
    }
    from += size
  }
  const here = rows.findIndex((row) => at >= row.from && at < row.from + row.size)
  const next = rows[here + by]
  return next === undefined ? at : next.from + Math.min(at - (rows[here]?.from ?? 0), next.size - 1)
}
