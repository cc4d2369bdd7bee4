// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { en } from '../ui/catalogue-en.ts'
import { neighbourRoom, pageKeys, usePageKeys, writtenKeys } from './page-keys.ts'

const acts = vi.fn()
let root: Root
let place: HTMLElement

function Page() {
  usePageKeys(acts)
  return <textarea />
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  act(() => root.render(<Page />))
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

function press(target: Element, key: string, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }))
}

describe('the keys of the page', () => {
  it('work from anywhere, but a letter stays a letter while one writes', () => {
    const field = place.querySelector('textarea') as Element
    press(field, 'k', { ctrlKey: true })
    press(field, 'ArrowDown', { altKey: true })
    press(field, '?')
    press(document.body, '?', { shiftKey: true })
    expect(acts.mock.calls.flat()).toEqual(['switch', 'next', 'help'])
  })

  it('are silent while an input method composes, and behind a dialog', () => {
    press(document.body, 'k', { ctrlKey: true, isComposing: true })
    press(document.body, 'k', { ctrlKey: true, keyCode: 229 })
    const dialog = place.appendChild(document.createElement('dialog'))
    dialog.setAttribute('open', '')
    press(document.body, '?')
    expect(acts).not.toHaveBeenCalled()
  })

  it('are all explained', () => {
    const ids = [...pageKeys, ...writtenKeys].map(({ id }) => id)
    expect(Object.keys(en.keys.does).sort()).toEqual([...ids].sort())
  })

  it('go round the rooms', () => {
    const rooms = ['a', 'b', 'c'].map((roomId) => ({ roomId }))
    expect(neighbourRoom(rooms, 'a', -1)?.roomId).toBe('c')
    expect(neighbourRoom(rooms, 'c', 1)?.roomId).toBe('a')
    expect(neighbourRoom(rooms, null, 1)?.roomId).toBe('a')
    expect(neighbourRoom([], null, 1)).toBeUndefined()
  })
})
