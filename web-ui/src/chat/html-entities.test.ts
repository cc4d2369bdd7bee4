// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { decodeHTMLStrict } from './html-entities.ts'
import { messageHtml } from './markdown.ts'

describe('a named character', () => {
  it.each([
    ['&copy;', '©'],
    ['&Eacute;', 'É'],
    ['&semi;', ';'],
    ['&NotEqualTilde;', '≂̸'],
    ['&lt;', '<'],
  ])('%s is %s', (reference, text) => {
    expect(decodeHTMLStrict(reference)).toBe(text)
  })

  it.each(['&copyright;', '&nonsense;', '&copy', '&#60;', '<b>', '&lt;b;'])(
    'is not %s',
    (reference) => {
      expect(decodeHTMLStrict(reference)).toBe(reference)
    },
  )

  it('stands in a message for its character, and never for HTML', () => {
    expect(messageHtml('5 &euro; &lt;img src=x&gt;')).toContain('5 € &lt;img src=x&gt;')
  })
})
