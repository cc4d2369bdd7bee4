// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { messageHtml } from './markdown.ts'

describe('the text of a message', () => {
  it('may be marked up', () => {
    expect(messageHtml('**bold** `code`')).toContain('<strong>bold</strong> <code>code</code>')
  })

  it('keeps its line breaks', () => {
    expect(messageHtml('one\ntwo')).toMatch(/one<br>\s*two/)
  })

  it('reads each block and each cell in the direction of its own letters', () => {
    const page = document.createElement('div')
    page.innerHTML = messageHtml(
      'שלום\n\nhello\n\n- אחת\n\n> ציטוט\n\n```\ncode\n```\n\n|a|ב|\n|-|-|\n|c|ד|',
    )
    const auto = [...page.querySelectorAll('[dir="auto"]')].map((each) => each.tagName)
    expect(auto).toEqual(['P', 'P', 'UL', 'BLOCKQUOTE', 'TH', 'TH', 'TD', 'TD'])
  })

  it('opens links in a page of their own that knows nothing of ours', () => {
    const link = messageHtml('see https://example.org/a')
    expect(link).toContain('href="https://example.org/a"')
    expect(link).toContain('target="_blank"')
    expect(link).toMatch(/rel="noopener noreferrer/)
  })

  it('opens a link into a room in place', () => {
    const own = `${window.location.origin}/#/rooms/0b8f2f66/12`
    expect(messageHtml(`[there](${own})`)).toContain(`<a href="${own}">there</a>`)
    for (const foreign of [`${window.location.origin}.example.org/#/rooms/1`, '/other']) {
      expect(messageHtml(`[there](${foreign})`)).not.toContain(`<a href="${foreign}">`)
    }
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '<a href="javascript:alert(1)">x</a>',
    '![tracker](https://example.org/pixel.png)',
  ])('cannot smuggle anything in: %s', (text) => {
    const page = document.createElement('div')
    page.innerHTML = messageHtml(text)
    expect(page.querySelector('script, img, svg, iframe, [onerror], [style]')).toBeNull()
    expect(page.querySelector('a[href^="javascript:"], a[href^="data:"]')).toBeNull()
  })
})
