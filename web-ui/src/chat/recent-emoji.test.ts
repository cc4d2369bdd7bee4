// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetRecentEmoji, recentEmoji, recentEmojiMax, rememberEmoji } from './recent-emoji.ts'

const many = [...'😀😃😄😁😆😅🤣😂🙂🙃🫠😉😊😇🥰😍']

beforeEach(() => {
  localStorage.clear()
})

describe('the emoji that somebody used last', () => {
  it('stand first, each once, before well known ones', () => {
    rememberEmoji('🧵')
    rememberEmoji('🎉')
    rememberEmoji('🧵')
    expect(recentEmoji().slice(0, 3)).toEqual(['🧵', '🎉', '👍'])
    expect(recentEmoji()).toHaveLength(7)
  })

  it('are so many at most, and none once they are forgotten', () => {
    for (const emoji of many) {
      rememberEmoji(emoji)
    }
    expect(recentEmoji()).toEqual(many.reverse().slice(0, recentEmojiMax))
    forgetRecentEmoji()
    expect(recentEmoji()[0]).toBe('👍')
  })

  it.each(['nonsense', '{"a":1}', '[1,null,"<img src=x onerror=alert(1)>","ab"]'])(
    'are well known ones if what this browser keeps is %s',
    (kept) => {
      localStorage.setItem('tercet.emoji.recent', kept)
      expect(recentEmoji()).toEqual(['👍', '❤️', '😂', '🎉', '👀', '🙏', '✅'])
    },
  )
})
