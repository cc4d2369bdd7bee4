import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { closedEmoji, emojiQuery, findEmoji, offeredEmojiMax, readEmoji } from './emoji-search.ts'
import { isFewEmoji } from './emoji-text.ts'

const all = readEmoji(readFileSync('src/chat/emoji.txt', 'utf8'))
const found = (typed: string) => findEmoji(all, typed).map(({ emoji }) => emoji)

describe('emoji behind a colon', () => {
  it('are asked for by two letters at the beginning of a word', () => {
    expect(emojiQuery('so :ta', 6)).toEqual({ from: 3, typed: 'ta' })
    expect(emojiQuery('(:+1', 4)).toEqual({ from: 1, typed: '+1' })
    expect(emojiQuery(':笑', 2)).toEqual({ from: 0, typed: '笑' })
    expect(emojiQuery(':tada and', 5)).toEqual({ from: 0, typed: 'tada' })
  })

  it.each([':D', ':', 'at 10:30', 'https://x', '时间:下午', ': ta', 'a:ta', 'std::vec'])(
    'are not asked for by %j',
    (text) => expect(emojiQuery(text, text.length)).toBeNull(),
  )

  it('are found by name, by the beginning of one, and by words of both languages', () => {
    expect(found('tada')[0]).toBe('🎉')
    expect(found('+1')[0]).toBe('👍')
    expect(found('thumbsu')[0]).toBe('👍')
    expect(found('heart')[0]).toBe('❤️')
    expect(found('笑脸').length).toBeGreaterThan(1)
    expect(found('加油')[0]).toBe('💪')
    expect(found('谢谢')[0]).toBe('🙏')
    expect(found('s')).toHaveLength(offeredEmojiMax)
    expect(found('qqq')).toEqual([])
  })

  it('replace a name that was closed', () => {
    expect(closedEmoji(all, 'so :tada:', 9)).toEqual({ from: 3, emoji: '🎉' })
    expect(closedEmoji(all, 'at 10:30:', 9)).toBeNull()
    expect(closedEmoji(all, ':no_such_thing:', 15)).toBeNull()
  })

  it('are shown large where they stand alone', () => {
    expect(all.filter(({ emoji }) => !isFewEmoji(emoji))).toEqual([])
    expect(all.length).toBeGreaterThan(1_800)
  })
})
