// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { type Highlight, highlighted } from './highlight.ts'
import { hljs } from './highlight-languages.ts'
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

  it('colours code in its language, and leaves other code alone', () => {
    const colours: Highlight = (code, language) => highlighted(hljs, code, language)
    const html = messageHtml('```Java\nclass A {} // <b>\n```', colours)
    expect(html).toContain('<span class="hljs-keyword">class</span>')
    expect(html).toContain('&lt;b&gt;')
    expect(messageHtml('```klingon\nif (a) {}\n```', colours)).toContain('<code>if (a) {}')
    expect(messageHtml('```\njust a few words\n```', colours)).not.toContain('hljs-')
    expect(
      messageHtml(
        '```\nfrom a import b\ndef f(x):\n    return [x for y in x if None]\n```',
        colours,
      ),
    ).toContain('hljs-keyword')
    expect(messageHtml('```java\nclass A {}\n```')).not.toContain('hljs-')
  })

  it('shows what of a list is done, and nobody can tick it', () => {
    const page = document.createElement('div')
    page.innerHTML = messageHtml('- [x] warp **it**\n- [ ] weft\n- [y] no\n\n[x] no')
    const boxes = [...page.querySelectorAll('input')]
    expect(boxes.map((box) => [box.type, box.disabled, box.checked])).toEqual([
      ['checkbox', true, true],
      ['checkbox', true, false],
    ])
    expect(boxes[0]?.labels?.[0]?.textContent).toBe('warp it')
  })

  it('hides what is between two pairs of bars', () => {
    const spoilers = (text: string) => {
      const page = document.createElement('div')
      page.innerHTML = messageHtml(text)
      return [...page.querySelectorAll('.spoiler')].map((each) => each.innerHTML)
    }
    expect(spoilers('the end: ||she **lives**||!')).toEqual([
      '<span>she <strong>lives</strong></span>',
    ])
    expect(spoilers('||a|| and ||b||')).toEqual(['<span>a</span>', '<span>b</span>'])
    expect(spoilers('**a ||b** c||')).toEqual(['<span>b** c</span>'])
    for (const none of ['a || b || c', '`||code||`', '||||', '||open', '||a\n\nb||', 'x | y']) {
      expect(spoilers(none)).toEqual([])
    }
  })

  it('borrows no other look of the page', () => {
    const page = document.createElement('div')
    page.innerHTML = messageHtml('```dialog button\nx\n```\n\n||<span class="dialog">||')
    expect(page.querySelector('.dialog, .button, [class*="language-"]')).toBeNull()
  })

  it.each([
    '||<img src=x onerror=alert(1)>||',
    '||[x](javascript:alert(1))||',
    '- [x] <script>alert(1)</script>',
    '- [ ] [x](javascript:alert(1))',
    '- [x] <input onfocus=alert(1) autofocus>',
    '```html\n<script>alert(1)</script><img src=x onerror=alert(1)>\n```',
    '```"><img src=x onerror=alert(1)>\nx\n```',
    '```javascript\n</code></pre><svg onload=alert(1)>\n```',
    '|a|\n|-|\n|<img src=x onerror=alert(1)>|',
    '|a|\n|-|\n|[x](javascript:alert(1))|',
    '||`||<svg/onload=alert(1)>`||',
  ])('cannot smuggle anything through the newer marks: %s', (text) => {
    const page = document.createElement('div')
    page.innerHTML = messageHtml(text, (code, language) => highlighted(hljs, code, language))
    expect(page.querySelector('script, img, svg, iframe, form, button, textarea')).toBeNull()
    expect(page.querySelector('input:not([type="checkbox"][disabled])')).toBeNull()
    expect(page.querySelector('a[href^="javascript:"], a[href^="data:"]')).toBeNull()
    const names = [...page.querySelectorAll('*')].flatMap((each) => each.getAttributeNames())
    expect(names.filter((name) => name.startsWith('on') || name === 'style')).toEqual([])
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
