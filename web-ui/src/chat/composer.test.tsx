// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readParts } from '../ui/later.tsx'
import { Composer } from './composer.tsx'
import { readEmoji } from './emoji-search.ts'
import { emojiTable } from './emoji-table.ts'
import { type RoomNames, RoomNamesContext } from './room-names.ts'
import { readCompleters } from './use-completion.ts'

let root: Root
let place: HTMLElement
let arrives: (arrived: boolean) => void
const sends = vi.fn(() => true)
const drafts = vi.fn()
const editsLast = vi.fn(() => true)
const endsReply = vi.fn()

beforeAll(async () => {
  await readParts()
  await readCompleters()
})

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  window.matchMedia = vi.fn(() => ({ matches: true }) as MediaQueryList)
  localStorage.clear()
  vi.clearAllMocks()
  emojiTable.set(readEmoji(readFileSync('src/chat/emoji.txt', 'utf8')))
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  show(null)
})

function show(replyingTo: string | null): void {
  act(() =>
    root.render(
      <RoomNamesContext value={names}>
        <Composer
          label="Message to loom"
          testId="composer"
          draft=""
          onDraft={drafts}
          textCharactersMax={20}
          onSend={sends}
          onSendAsFile={() =>
            new Promise((resolve) => {
              arrives = resolve
            })
          }
          onFiles={() => undefined}
          replyingTo={replyingTo}
          onEndReply={endsReply}
          onEditLast={editsLast}
          before={null}
        />
      </RoomNamesContext>,
    ),
  )
}

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

const asks = vi.fn()
const names: RoomNames = {
  me: 'me',
  people: new Map(),
  rooms: new Map(),
  members: [
    { personId: 'me', name: 'hopper', guest: false },
    { personId: 'a', name: 'ada', displayName: 'Ada L', guest: false },
    { personId: 'x', name: '小明', guest: true },
  ],
  askMembers: asks,
  writers: () => ['x'],
  mayCall: { room: false, here: true },
}

function field(): HTMLTextAreaElement {
  return place.querySelector('textarea') as HTMLTextAreaElement
}

function button(testId: string): HTMLButtonElement | null {
  return place.querySelector(`[data-testid="${testId}"]`)
}

/** As the browser does it: the value, the caret behind it, and an event that says so. */
function type(text: string, isComposing = false): void {
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
  act(() => {
    set?.call(field(), text)
    field().setSelectionRange(text.length, text.length)
    field().dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }))
  })
}

function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  act(() => void field().dispatchEvent(event))
  return event
}

function options(): (string | null)[] {
  return [...place.querySelectorAll('[role="option"]')].map((each) => each.textContent)
}

describe('the place where one writes', () => {
  it.each([
    ['that composes', { isComposing: true }],
    ['of Safari, which says only 229', { keyCode: 229 }],
  ])('leaves every key to an input method %s', (_, composing) => {
    type('so :tada')
    expect(options().length).toBeGreaterThan(0)
    const before = place.innerHTML
    for (const key of ['Enter', 'ArrowUp', 'ArrowDown', 'Escape', 'Tab']) {
      expect(press(key, composing).defaultPrevented).toBe(false)
    }
    expect(place.innerHTML).toBe(before)
    expect(field().value).toBe('so :tada')
    expect(sends).not.toHaveBeenCalled()
  })

  it('says what the message answers, and Escape ends that and leaves the text', () => {
    expect(press('Escape').defaultPrevented).toBe(false)
    expect(endsReply).not.toHaveBeenCalled()
    show('to grace')
    type('yes')
    expect(place.textContent).toContain('to grace')
    expect(press('Escape').defaultPrevented).toBe(true)
    expect(endsReply).toHaveBeenCalledTimes(1)
    expect(field().value).toBe('yes')
  })

  it('offers nothing while letters are being composed', () => {
    type(':tada', true)
    expect(options()).toEqual([])
  })

  it('takes an emoji by keyboard, and only then sends', () => {
    type('so :tad')
    expect(options()[0]).toContain(':tada:')
    const active = field().getAttribute('aria-activedescendant')
    expect(document.getElementById(active ?? '')?.getAttribute('aria-selected')).toBe('true')
    press('Enter')
    expect(field().value).toBe('so 🎉 ')
    expect(sends).not.toHaveBeenCalled()
    press('Enter')
    expect(sends).toHaveBeenCalledWith('so 🎉 ')
    expect(field().value).toBe('')
  })

  it('takes a mention by keyboard: who wrote lately first, and Tab takes it', () => {
    type('so @')
    expect(asks).toHaveBeenCalled()
    expect(options()).toEqual(['小小明', 'AAda L ada', '@here tells everybody who is here now'])
    press('ArrowDown')
    press('Tab')
    expect(field().value).toBe('so @ada ')
    type('so @ada @h')
    press('Enter')
    expect(field().value).toBe('so @ada @here ')
    expect(sends).not.toHaveBeenCalled()
  })

  it('offers whom it means once letters are composed', () => {
    type('@小', true)
    expect(options()).toEqual([])
    act(() => void field().dispatchEvent(new CompositionEvent('compositionend', { bubbles: true })))
    expect(options()).toEqual(['小小明'])
  })

  it('closes the list on Escape, and sends what is written', () => {
    type('so :tad')
    press('Escape')
    expect(options()).toEqual([])
    press('Enter')
    expect(sends).toHaveBeenCalledWith('so :tad')
  })

  it('turns a closed name into its emoji', () => {
    type('so :tada:')
    expect(field().value).toBe('so 🎉')
  })

  it('marks what is selected, by key and by button, and remembers that the bar is shown', () => {
    type('the loom')
    field().setSelectionRange(4, 8)
    press('b', { ctrlKey: true })
    expect(field().value).toBe('the **loom**')
    expect(drafts).toHaveBeenLastCalledWith('the **loom**')
    act(() => button('formatting-toggle')?.click())
    act(() => place.querySelector<HTMLElement>('.formatting button')?.click())
    expect(field().value).toBe('the loom')
    act(() => button('preview')?.click())
    expect(place.querySelector('.composer-preview')?.textContent).toBe('the loom')
    expect(localStorage.getItem('tercet.composer-formatting')).toBe('on')
    expect(localStorage.getItem('tercet.composer-preview')).toBe('on')
  })

  it('begins to edit the last message with the Up arrow, but only while nothing is written', () => {
    expect(press('ArrowUp', { isComposing: true }).defaultPrevented).toBe(false)
    expect(press('ArrowUp', { altKey: true }).defaultPrevented).toBe(false)
    expect(editsLast).not.toHaveBeenCalled()
    expect(press('ArrowUp').defaultPrevented).toBe(true)
    expect(editsLast).toHaveBeenCalledOnce()
    type('so')
    expect(press('ArrowUp').defaultPrevented).toBe(false)
    expect(editsLast).toHaveBeenCalledOnce()
  })

  it('offers to send a long text as a file, and keeps it until that arrived', async () => {
    type('x'.repeat(21))
    expect(press('Enter').defaultPrevented).toBe(true)
    expect(sends).not.toHaveBeenCalled()
    act(() => button('send-as-file')?.click())
    expect(button('send-as-file')?.disabled).toBe(true)
    await act(async () => arrives(false))
    expect(field().value).toHaveLength(21)
    act(() => button('send-as-file')?.click())
    await act(async () => arrives(true))
    expect(field().value).toBe('')
  })
})
