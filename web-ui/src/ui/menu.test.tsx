// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Menu, MenuChoices, MenuItem } from './menu.tsx'

let root: Root
let place: HTMLElement
const chooses = vi.fn()
const leaves = vi.fn()

function focused(): string | null | undefined {
  return document.activeElement?.textContent
}

function press(key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  act(() => void document.activeElement?.dispatchEvent(event))
}

function opener(): HTMLElement | null {
  return place.querySelector('[aria-haspopup="menu"]')
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  act(() =>
    root.render(
      <Menu label="You" className="" testId="you" button="Ada">
        <MenuChoices
          title="Theme"
          testId="theme"
          chosen="light"
          choices={[
            { value: 'light', name: 'Light' },
            { value: 'dark', name: 'Dark' },
          ]}
          onChoose={chooses}
        />
        <MenuItem icon="leave" testId="leave" onChoose={leaves}>
          Sign out
        </MenuItem>
      </Menu>,
    ),
  )
  act(() => opener()?.focus())
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

describe('a menu', () => {
  it('opens by key, and arrows go round', () => {
    press('ArrowDown')
    expect(opener()?.getAttribute('aria-expanded')).toBe('true')
    expect(focused()).toBe('Light')
    press('ArrowUp')
    expect(focused()).toBe('Sign out')
    press('ArrowDown')
    press('ArrowDown')
    expect(focused()).toBe('Dark')
    press('End')
    expect(focused()).toBe('Sign out')
    press('Home')
    press('s')
    expect(focused()).toBe('Sign out')
  })

  it.each(['Escape', 'Tab'])('gives the focus back on %s', (key) => {
    press('ArrowDown')
    press(key)
    expect(place.querySelector('[role="menu"]')).toBeNull()
    expect(document.activeElement).toBe(opener())
  })

  it('stays open while one compares, and closes when something is done', () => {
    press('ArrowDown')
    const dark = place.querySelector<HTMLElement>('[data-testid="theme-dark"]')
    expect(dark?.getAttribute('aria-checked')).toBe('false')
    act(() => dark?.click())
    expect(chooses).toHaveBeenCalledWith('dark')
    expect(place.querySelector('[role="menu"]')).not.toBeNull()
    act(() => place.querySelector<HTMLElement>('[data-testid="leave"]')?.click())
    expect(leaves).toHaveBeenCalledOnce()
    expect(document.activeElement).toBe(opener())
  })

  it('closes when one clicks elsewhere', () => {
    press('ArrowDown')
    act(() => void document.body.dispatchEvent(new Event('pointerdown', { bubbles: true })))
    expect(place.querySelector('[role="menu"]')).toBeNull()
  })
})
