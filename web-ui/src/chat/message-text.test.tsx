// @vitest-environment jsdom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, it } from 'vitest'
import { messageHtml } from './markdown.ts'
import { isPlain, MessageText, readMarkdown } from './message-text.tsx'

describe('the text of a message on the page', () => {
  it.each(['good morning', '你好，大家！', 'Is it 5, or 6?', '🎉', 'שלום'])(
    'is left alone where Markdown would leave it alone: %s',
    (text) => {
      expect(isPlain(text)).toBe(true)
      expect(messageHtml(text).trim().replaceAll('&quot;', '"')).toBe(`<p dir="auto">${text}</p>`)
    },
  )

  it.each([
    '**bold**',
    '1) one',
    '1. one',
    '    code',
    'example.org',
    'a\nb',
    '<b>',
    '~~no~~',
    '---',
  ])('is read as Markdown where that may matter: %s', (text) => {
    expect(isPlain(text)).toBe(false)
  })

  it('is shown as it was written until Markdown can be read', async () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
    const place = document.createElement('div')
    const root = createRoot(place)
    act(() => root.render(<MessageText text="**now** <b>" />))
    expect(place.textContent).toBe('**now** <b>')
    await act(readMarkdown)
    expect(place.querySelector('strong')?.textContent).toBe('now')
    expect(place.querySelector('b')).toBeNull()
    act(() => root.unmount())
  })

  it('hides a spoiler until one asks for it, by pointer or key', async () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
    await readMarkdown()
    const place = document.body.appendChild(document.createElement('div'))
    const root = createRoot(place)
    act(() => root.render(<MessageText text="||one|| and ||two||" />))
    const [one, two] = place.querySelectorAll<HTMLElement>('.spoiler')
    expect(one?.getAttribute('aria-label')).toBe('Hidden text: show it')
    act(() => one?.click())
    const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
    act(() => void two?.dispatchEvent(enter))
    for (const each of [one, two]) {
      expect(each?.classList.contains('spoiler-open')).toBe(true)
      expect(each?.hasAttribute('role')).toBe(false)
    }
    act(() => root.unmount())
    place.remove()
  })
})
