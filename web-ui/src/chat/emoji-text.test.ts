import { describe, expect, it } from 'vitest'
import { isFewEmoji } from './emoji-text.ts'

describe('a message of a few emoji', () => {
  it.each([
    '🎉',
    '👍🏽',
    '❤️',
    '🇨🇳 🇩🇪',
    '👩‍👩‍👧‍👦👩🏾‍🚀🏳️‍🌈',
    '1️⃣',
    ' 😀\n😀 😀 ',
    '😀 😀 😀 😀 😀',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    '☺️',
  ])('is large: %s', (text) => expect(isFewEmoji(text)).toBe(true))

  it.each(['', ' ', '😀😀😀😀😀😀', 'ok 👍', '1', '123', '#', '©', '™', '☺', '🇨', '好', ':)', '‍'])(
    'is not: %j',
    (text) => expect(isFewEmoji(text)).toBe(false),
  )

  it('is found out at once, however a text is made', () => {
    const started = performance.now()
    isFewEmoji('👩‍'.repeat(2_000))
    isFewEmoji(' '.repeat(4_000))
    expect(performance.now() - started).toBeLessThan(100)
  })
})
