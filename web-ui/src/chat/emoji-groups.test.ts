import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { emojiGroups, gridStep, nameOfSign } from './emoji-groups.ts'
import { readEmoji } from './emoji-search.ts'

const all = readEmoji(readFileSync('src/chat/emoji.txt', 'utf8'))

describe('the groups of emoji', () => {
  it('are those of Unicode, and have all of them', () => {
    const groups = emojiGroups(all)
    expect(groups.flatMap(({ emoji }) => emoji)).toEqual(all)
    expect(groups.every(({ emoji }) => emoji.length > 50)).toBe(true)
    expect(groups.map(({ id, emoji }) => `${id} ${emoji.at(-1)?.emoji}`)).toEqual([
      'smileys 💤',
      'people 🫆',
      'animals 🪾',
      'food 🏺',
      'travel 🌊',
      'activities 🪢',
      'objects 🪪',
      'symbols 🔲',
      'flags 🏴󠁧󠁢󠁷󠁬󠁳󠁿',
    ])
  })
})

describe('an emoji', () => {
  it('is called by its name in both languages, and by itself if nothing is known of it', () => {
    expect(nameOfSign(all, '👍', 'en')).toBe('thumbsup')
    expect(nameOfSign(all, '🎉', 'en')).toBe('party popper')
    expect(nameOfSign(all, '👍', 'zh')).toBe('赞')
    expect(nameOfSign([], '👍', 'en')).toBe('👍')
    expect(all.filter(({ chinese, emoji }) => chinese[0] === '' && emoji !== '')).toEqual([])
  })

  it('is written in the one way that Unicode recommends', () => {
    expect(all.filter(({ emoji }) => /\p{Emoji_Presentation}\uFE0F/u.test(emoji))).toEqual([])
  })
})

describe('an arrow in the grid', () => {
  // 0 1 2   3 4 5 / 6 7   8
  const sizes = [3, 5, 0, 1]
  const step = (key: string, at: number) => gridStep(key, at, sizes, 3)

  it('moves along, and stops at both ends', () => {
    expect([step('ArrowRight', 2), step('ArrowLeft', 3)]).toEqual([3, 2])
    expect([step('ArrowLeft', 0), step('ArrowRight', 8)]).toEqual([0, 8])
    expect([step('Home', 5), step('End', 5)]).toEqual([0, 8])
    expect(step('a', 5)).toBeNull()
  })

  it('keeps the column through the groups, as far as a row reaches', () => {
    expect([step('ArrowDown', 1), step('ArrowDown', 4), step('ArrowDown', 5)]).toEqual([4, 7, 7])
    expect([step('ArrowDown', 7), step('ArrowDown', 8)]).toEqual([8, 8])
    expect([step('ArrowUp', 8), step('ArrowUp', 4), step('ArrowUp', 1)]).toEqual([6, 1, 1])
  })
})
