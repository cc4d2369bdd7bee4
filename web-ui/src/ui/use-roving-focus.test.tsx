// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useRovingFocus } from './use-roving-focus.ts'

let root: Root
let place: HTMLElement

function List(props: { readonly rooms: readonly string[]; readonly current?: string }) {
  const roving = useRovingFocus<HTMLUListElement>('.item')
  return (
    <nav>
      <button type="button">other</button>
      <ul ref={roving.ref} onKeyDown={roving.onKeyDown} onFocus={roving.onFocus}>
        {props.rooms.map((room) => (
          <li key={room}>
            <button
              type="button"
              className="item"
              aria-current={room === props.current ? 'page' : undefined}
            >
              {room}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function show(rooms: readonly string[], current?: string): void {
  act(() => root.render(<List rooms={rooms} {...(current === undefined ? {} : { current })} />))
}

function stops(): readonly (string | null)[] {
  return [...place.querySelectorAll<HTMLElement>('.item')]
    .filter((item) => item.tabIndex === 0)
    .map((item) => item.textContent)
}

function press(key: string): string | null | undefined {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  act(() => void document.activeElement?.dispatchEvent(event))
  return document.activeElement?.textContent
}

function focus(room: string): void {
  const items = [...place.querySelectorAll<HTMLElement>('.item')]
  act(() => items.find((item) => item.textContent === room)?.focus())
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.unstubAllGlobals()
})

describe('a list with one stop for Tab', () => {
  it('is entered at the current item, or at the first', () => {
    show(['a', 'b', 'c'])
    expect(stops()).toEqual(['a'])
    show(['a', 'b', 'c'], 'b')
    expect(stops()).toEqual(['b'])
  })

  it('is walked with arrows, Home and End, and ends at its ends', () => {
    show(['a', 'b', 'c'], 'b')
    focus('b')
    expect(press('ArrowDown')).toBe('c')
    expect(press('ArrowDown')).toBe('c')
    expect(press('Home')).toBe('a')
    expect(press('ArrowUp')).toBe('a')
    expect(press('End')).toBe('c')
    expect(press('x')).toBe('c')
    expect(stops()).toEqual(['c'])
  })

  it('always has one stop, also when its item goes away', () => {
    show(['a', 'b', 'c'], 'a')
    focus('c')
    show(['a', 'b'], 'a')
    expect(stops()).toEqual(['a'])
    show(['x', 'b'])
    expect(stops()).toEqual(['x'])
  })
})
