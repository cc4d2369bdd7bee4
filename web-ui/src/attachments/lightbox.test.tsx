// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Lightbox } from './lightbox.tsx'

let root: Root
let place: HTMLElement
let opener: HTMLElement
const closes = vi.fn()
const pictures = ['a.png', 'b.png', 'c.png'].map((name) => ({
  fileId: name,
  version: 1,
  path: name,
  name,
  size: 5,
  sha256: '0',
  mediaType: 'image/png',
}))

function show(at: number): void {
  const by = { personId: 'p', name: 'ada' }
  const looked = { pictures, at, by, sentAt: '2026-12-01T08:00:00Z' }
  act(() => root.render(<Lightbox space="rooms/r" looked={looked} onClose={closes} />))
}

function dialog(): HTMLElement {
  return place.querySelector('dialog') as HTMLElement
}

function shown(): string | undefined {
  return place.querySelector('img')?.alt
}

function press(key: string, more: KeyboardEventInit = {}): void {
  act(
    () =>
      void dialog().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more })),
  )
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  // jsdom has dialogs that do not open.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
    ;(document.activeElement as HTMLElement).blur()
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
  opener = document.body.appendChild(document.createElement('button'))
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  opener.focus()
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  opener.remove()
})

describe('a picture over the page', () => {
  it('says who sent it, and what it is called', () => {
    show(1)
    expect(shown()).toBe('b.png')
    expect(dialog().textContent).toContain('b.png')
    expect(dialog().textContent).toContain('ada')
    expect(dialog().textContent).toContain('2 of 3')
    const download = place.querySelector('a')
    expect(download?.getAttribute('href')).toBe('/api/files/by-id/b.png?version=1')
    expect(download?.download).toBe('b.png')
  })

  it('gives way to the others by arrows, and stays at either end', () => {
    show(1)
    press('ArrowRight')
    press('ArrowRight')
    expect(shown()).toBe('c.png')
    expect(place.querySelector('[aria-label="Next image"]')).toBeNull()
    press('Home')
    expect(shown()).toBe('a.png')
    press('ArrowLeft')
    expect(shown()).toBe('a.png')
    press('End')
    expect(shown()).toBe('c.png')
    press('ArrowLeft', { altKey: true })
    expect(shown()).toBe('c.png')
    act(() => place.querySelector<HTMLElement>('[aria-label="Previous image"]')?.click())
    expect(shown()).toBe('b.png')
  })

  it('says so if it cannot be shown, and only of that one', () => {
    show(0)
    act(() => void place.querySelector('img')?.dispatchEvent(new Event('error')))
    expect(place.querySelector('[role="alert"]')?.textContent).toBe('This image cannot be shown.')
    press('ArrowRight')
    expect(shown()).toBe('b.png')
  })

  it('closes on Escape, and gives the focus back to what opened it', () => {
    show(0)
    expect(document.activeElement).not.toBe(opener)
    act(() => void dialog().dispatchEvent(new Event('cancel', { cancelable: true })))
    expect(closes).toHaveBeenCalledOnce()
    act(() => root.render(null))
    expect(document.activeElement).toBe(opener)
  })
})
