// @vitest-environment jsdom
import { act, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Panel } from './panel.tsx'

let root: Root
let place: HTMLElement

function Page() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} />
      {open ? (
        <Panel title="Pins" onClose={() => setOpen(false)}>
          <textarea />
          <input onKeyDown={(event) => event.preventDefault()} />
        </Panel>
      ) : null}
    </>
  )
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  act(() => root.render(<Page />))
  const opener = find('button')
  opener.focus()
  act(() => opener.click())
  find('textarea').focus()
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  document.querySelector('dialog')?.remove()
})

function find(selector: string): HTMLElement {
  const found = place.querySelector<HTMLElement>(selector)
  if (found === null) {
    throw new Error(selector)
  }
  return found
}

function pressEscape(more: KeyboardEventInit = {}, where = 'textarea'): KeyboardEvent {
  const event = { key: 'Escape', bubbles: true, cancelable: true, ...more }
  const pressed = new KeyboardEvent('keydown', event)
  act(() => {
    find(where).dispatchEvent(pressed)
  })
  return pressed
}

describe('a panel', () => {
  it('closes by Escape, which nobody else takes, and gives the focus back', () => {
    expect(pressEscape().defaultPrevented).toBe(true)
    expect(place.querySelector('.panel')).toBeNull()
    expect(document.activeElement).toBe(find('button'))
  })

  it('stays where Escape closes something in it, or over it, and for an input method', () => {
    pressEscape({}, 'input')
    pressEscape({ isComposing: true })
    pressEscape({ keyCode: 229 })
    const dialog = document.body.appendChild(document.createElement('dialog'))
    dialog.setAttribute('open', '')
    pressEscape()
    expect(place.querySelector('.panel')).not.toBeNull()
  })
})
