// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useEscape } from './use-escape.ts'

const run = vi.fn()
let root: Root
let place: HTMLElement

function Page() {
  useEscape(run)
  return (
    <>
      <textarea />
      <input onKeyDown={() => undefined} />
      <button type="button" onKeyDown={(event) => event.preventDefault()} />
    </>
  )
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

function press(where: string, more: KeyboardEventInit = {}): void {
  const target = place.querySelector(where) ?? document.body
  const event = { key: 'Escape', bubbles: true, cancelable: true, ...more }
  target.dispatchEvent(new KeyboardEvent('keydown', event))
}

describe('Escape', () => {
  it('works from anywhere, also while one writes', () => {
    press('body')
    press('textarea')
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('is left to what takes it, to other fields, and to an input method', () => {
    press('button')
    press('input')
    press('textarea', { isComposing: true })
    press('textarea', { keyCode: 229 })
    press('textarea', { key: 'Enter' })
    expect(run).not.toHaveBeenCalled()
  })

  it.each(['<dialog open></dialog>', '<ul role="menu"></ul>', '<aside class="side-open"></aside>'])(
    'closes first what is open: %s',
    (open) => {
      place.insertAdjacentHTML('beforeend', open)
      press('body')
      expect(run).not.toHaveBeenCalled()
      place.lastElementChild?.remove()
      press('body')
      expect(run).toHaveBeenCalledOnce()
    },
  )
})
