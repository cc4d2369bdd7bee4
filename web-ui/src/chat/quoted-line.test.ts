import { describe, expect, it } from 'vitest'
import { quotedLine } from './quoted-line.ts'

describe('the quote of a message', () => {
  it.each([
    ['one line', 'one line'],
    ['  first\nsecond', 'first'],
    ['\n\u200b\n  \nthird', 'third'],
    ['```js\nlet a = 1\n```', 'let a = 1'],
    ['~~~\ncode', 'code'],
    ['> quoted\nanswer', '> quoted'],
    ['it was ||the butler||, of course', 'it was [hidden], of course'],
    ['||over\ntwo lines|| and more', '[hidden] and more'],
    ['a || b || c', 'a || b || c'],
    ['', ''],
    ['```', ''],
  ])('of %j is its first line', (text, line) => {
    expect(quotedLine(text, 'hidden')).toBe(line)
  })

  it('is short, and cuts no character in half', () => {
    expect(quotedLine('👋'.repeat(4_000), 'hidden')).toBe('👋'.repeat(200))
  })
})
