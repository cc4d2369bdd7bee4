// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pressMillis, useActiveRows } from './use-active-row.ts'

let root: Root
let place: HTMLElement

const presses = vi.fn()

function List() {
  const { isActive, stop, list } = useActiveRows()
  return (
    <ol {...list}>
      {[1, 2, 3].map((seq) => (
        <li key={seq} className="message" data-seq={seq} tabIndex={seq === stop ? 0 : -1}>
          text {seq}
          {isActive(seq) ? (
            <button type="button" onClick={() => presses(seq)}>
              what to do with {seq}
            </button>
          ) : null}
        </li>
      ))}
      <li data-seq={4}>a note</li>
    </ol>
  )
}

function row(seq: number): HTMLElement {
  const found = place.querySelector<HTMLElement>(`[data-seq="${seq}"]`)
  if (found === null) {
    throw new Error(`no row ${seq}`)
  }
  return found
}

function points(seq: number, type: string, pointerType: string, clientY = 0): void {
  const event = new MouseEvent(type, { bubbles: true, clientY })
  Object.defineProperty(event, 'pointerType', { value: pointerType })
  act(() => void row(seq).dispatchEvent(event))
}

function press(key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  act(() => void document.activeElement?.dispatchEvent(event))
}

function bars(): string[] {
  return [...place.querySelectorAll('button')].map((button) => button.textContent ?? '')
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.useFakeTimers()
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  act(() => root.render(<List />))
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.useRealTimers()
})

describe('a message shows what can be done with it', () => {
  it('under the pointer', () => {
    points(2, 'pointerover', 'mouse')
    expect(bars()).toEqual(['what to do with 2'])
    points(4, 'pointerover', 'mouse')
    expect(bars()).toEqual([])
  })

  it('when it has the focus, which arrows move', () => {
    act(() => row(3).focus())
    expect(bars()).toEqual(['what to do with 3'])
    press('ArrowUp')
    expect(document.activeElement).toBe(row(2))
    press('ArrowDown')
    press('ArrowDown')
    expect(document.activeElement).toBe(row(3))
    expect(row(3).tabIndex).toBe(0)
    expect(row(2).tabIndex).toBe(-1)
  })

  it('also while one is in its bar', () => {
    act(() => row(2).focus())
    const button = place.querySelector('button')
    act(() => button?.focus())
    expect(document.activeElement).toBe(button)
    expect(bars()).toEqual(['what to do with 2'])
    act(() => button?.blur())
    expect(bars()).toEqual([])
  })

  it('when a finger rests on it, until the next touch', () => {
    points(1, 'pointerdown', 'touch')
    act(() => void vi.advanceTimersByTime(pressMillis))
    points(1, 'pointerup', 'touch')
    expect(bars()).toEqual(['what to do with 1'])
    points(3, 'pointerdown', 'touch')
    expect(bars()).toEqual([])
  })

  it('without pressing a button that appears under the finger', () => {
    const click = () => act(() => place.querySelector('button')?.click())
    points(1, 'pointerdown', 'touch')
    act(() => void vi.advanceTimersByTime(pressMillis))
    points(1, 'pointerup', 'touch')
    click()
    expect(presses).not.toHaveBeenCalled()
    click()
    expect(presses).toHaveBeenCalledWith(1)
  })

  it('not when the finger scrolls, or is short', () => {
    points(1, 'pointerdown', 'touch')
    points(1, 'pointermove', 'touch', 40)
    act(() => void vi.advanceTimersByTime(pressMillis))
    points(2, 'pointerdown', 'touch')
    points(2, 'pointerup', 'touch')
    act(() => void vi.advanceTimersByTime(pressMillis))
    expect(bars()).toEqual([])
  })
})
