// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EmojiPicker, foundEmojiMax } from './emoji-picker.tsx'
import { emojiTable } from './emoji-table.ts'
import { rememberEmoji } from './recent-emoji.ts'

const table = readFileSync('src/chat/emoji.txt', 'utf8')
const chosen = vi.fn()

let root: Root
let place: HTMLElement

async function show(): Promise<void> {
  await act(async () => root.render(<EmojiPicker onChoose={chosen} />))
}

function field(): HTMLInputElement {
  return place.querySelector('input') as HTMLInputElement
}

async function type(text: string): Promise<void> {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  set?.call(field(), text)
  await act(async () => field().dispatchEvent(new Event('input', { bubbles: true })))
}

function press(key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  act(() => void document.activeElement?.dispatchEvent(event))
}

function cells(): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('.emoji-cell')]
}

function focused(): string | null {
  return document.activeElement?.textContent ?? null
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  localStorage.clear()
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(table)))
  Element.prototype.scrollIntoView = vi.fn()
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.unstubAllGlobals()
})

// The table is asked for once for the whole page: this test is the first.
describe('a picker without a line', () => {
  it('says so, offers what was used last, and tries again', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no line')))
    await show()
    expect(place.querySelector('[role="alert"]')?.textContent).toContain('No answer')
    expect(cells().map((each) => each.textContent)).toContain('👍')
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(table)))
    await act(async () => place.querySelector<HTMLElement>('.button')?.click())
    expect(place.querySelector('[role="alert"]')).toBeNull()
    expect(cells().length).toBeGreaterThan(1_800)
  })
})

describe('a picker of emoji', () => {
  it('begins with those that were used last, and has all of them by group', async () => {
    rememberEmoji('🧵')
    await show()
    expect(emojiTable.get().length).toBeGreaterThan(1_800)
    expect(cells()[0]?.textContent).toBe('🧵')
    expect([...place.querySelectorAll('h3')].map((each) => each.textContent)).toEqual([
      'Often used',
      'Smileys',
      'People',
      'Animals and nature',
      'Food and drink',
      'Travel and places',
      'Activities',
      'Objects',
      'Symbols',
      'Flags',
    ])
    expect(cells().every((each) => each.getAttribute('aria-label') !== '')).toBe(true)
    act(() => cells()[1]?.click())
    expect(chosen.mock.calls).toEqual([['👍']])
  })

  it('finds emoji in English and in Chinese, and Enter takes the first', async () => {
    await show()
    expect(document.activeElement).toBe(field())
    await type('Party P')
    expect(cells()[0]?.textContent).toBe('🎉')
    press('Enter')
    await type('谢谢')
    press('Enter')
    await type('qqqq')
    expect(place.querySelector('[role="status"]')?.textContent).toBe('No emoji is called so.')
    press('Enter')
    expect(chosen.mock.calls).toEqual([['🎉'], ['🙏']])
    await type('s')
    expect(cells()).toHaveLength(foundEmojiMax)
  })

  it('is walked through by arrows, and is one stop for the Tab key', async () => {
    await show()
    expect(cells().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
    press('ArrowDown')
    expect(focused()).toBe('👍')
    press('ArrowRight')
    press('ArrowDown')
    expect(focused()).toBe('😃')
    expect(
      cells()
        .filter(({ tabIndex }) => tabIndex === 0)
        .map((each) => each.textContent),
    ).toEqual(['😃'])
    press('ArrowUp')
    expect(focused()).toBe('❤️')
    press('ArrowUp')
    expect(document.activeElement).toBe(field())
  })

  it('leads to a group', async () => {
    await show()
    await type('tada')
    const flags = place.querySelector<HTMLElement>('.emoji-group[aria-label="Flags"]')
    await act(async () => flags?.click())
    expect(field().value).toBe('')
    expect(vi.mocked(Element.prototype.scrollIntoView).mock.contexts).toEqual([
      place.querySelector('[data-group="flags"]'),
    ])
  })
})
