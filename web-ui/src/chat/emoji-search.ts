/** One emoji, and what it is called. */
export interface Emoji {
  readonly emoji: string
  /** Short names, the best known one first. */
  readonly names: readonly string[]
  /** Other words, of both languages. */
  readonly words: readonly string[]
  /** Chinese words, the best known one first. */
  readonly chinese: readonly string[]
}

/** Emoji that are offered at once. */
export const offeredEmojiMax = 8

/** Reads the lines of emoji.txt. */
export function readEmoji(table: string): readonly Emoji[] {
  return table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [emoji = '', names = '', words = '', chinese = ''] = line.split('\t')
      return {
        emoji,
        names: names.split(' '),
        words: `${words} ${chinese}`.trim().split(' '),
        chinese: chinese.split(' '),
      }
    })
}

/** What somebody has begun to write behind a colon, and where the colon stands. */
export interface EmojiQuery {
  readonly from: number
  readonly typed: string
}

// The colon begins a word, so that neither an address nor a time of day asks for emoji; two letters,
// or one Chinese character, so that :D stays what it is.
const query =
  /(?:^|[\s([{"'“「（])(:((?:\p{Script=Han}|[\p{L}\p{N}_+-]{2})[\p{L}\p{N}_+-]{0,30}))$/u

/** What stands before the caret, if it asks for an emoji. */
export function emojiQuery(text: string, caret: number): EmojiQuery | null {
  const [, whole, typed] = query.exec(text.slice(Math.max(0, caret - 40), caret)) ?? []
  return whole === undefined || typed === undefined
    ? null
    : { from: caret - whole.length, typed: typed.toLowerCase() }
}

/** The best ones: by name, by the beginning of a name, of a part of it, of another word. */
export function findEmoji(
  all: readonly Emoji[],
  typed: string,
  max = offeredEmojiMax,
): readonly Emoji[] {
  const ranked = all.flatMap((emoji, at) => {
    const rank = rankOf(emoji, typed)
    return rank === null ? [] : [{ emoji, order: rank * all.length + at }]
  })
  return ranked
    .sort((one, other) => one.order - other.order)
    .slice(0, max)
    .map(({ emoji }) => emoji)
}

function rankOf({ names, words }: Emoji, typed: string): number | null {
  const first = names[0] ?? ''
  if (names.includes(typed)) {
    return first === typed ? 0 : 1
  }
  if (names.some((name) => name.startsWith(typed))) {
    return first.startsWith(typed) ? 2 : 3
  }
  if (words.includes(typed)) {
    return 4
  }
  if (names.some((name) => name.includes(`_${typed}`))) {
    return 5
  }
  return words.some((word) => word.startsWith(typed)) ? 6 : null
}

const closed = /(?:^|[\s([{"'“「（]):([\p{L}\p{N}_+-]{2,32}):$/u

/** `:tada:` as a whole, just closed before the caret, becomes its emoji. */
export function closedEmoji(
  all: readonly Emoji[],
  text: string,
  caret: number,
): { readonly from: number; readonly emoji: string } | null {
  const [, name] = closed.exec(text.slice(Math.max(0, caret - 40), caret)) ?? []
  const found = name === undefined ? undefined : all.find(({ names }) => names.includes(name))
  return found === undefined || name === undefined
    ? null
    : { from: caret - name.length - 2, emoji: found.emoji }
}
