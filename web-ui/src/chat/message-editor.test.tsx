// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MessageEntry } from '../wire/frames.ts'
import { Problem } from '../wire/problem.ts'
import { editDraft, keepEditDraft } from './edit-drafts.ts'
import type { Saved } from './message-changes.ts'
import { MessageEditor } from './message-editor.tsx'

const message: MessageEntry = {
  seq: 7,
  kind: 'message',
  personId: 'me',
  name: 'ada',
  sentAt: '2026-11-23T08:00:00Z',
  clientMessageId: 'c',
  text: 'the loom',
}
const changedElsewhere = { ...message, text: 'from my phone', version: 9 }

let root: Root
let place: HTMLElement
const kept = new Map<string, string>()
const drafts = {
  draft: (at: string) => kept.get(at) ?? '',
  setDraft: (at: string, text: string) => {
    kept.set(at, text)
  },
}
const saves = vi.fn<(version: number, text: string) => Promise<Saved>>()
const emptied = vi.fn()
const ends = vi.fn()

function show(entry: MessageEntry | null): void {
  act(() =>
    root.render(
      <li data-seq="7" tabIndex={-1}>
        {entry === null ? null : (
          <MessageEditor
            entry={entry}
            roomId="r"
            drafts={drafts}
            textCharactersMax={40}
            onSave={saves}
            onEmptied={emptied}
            onEnd={ends}
          />
        )}
      </li>,
    ),
  )
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.resetAllMocks()
  // As browsers do that answer when they have scrolled.
  Element.prototype.scrollIntoView = () => Promise.resolve() as unknown as undefined
  kept.clear()
  saves.mockResolvedValue('saved')
  place = document.body.appendChild(document.createElement('ol'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

function field(): HTMLTextAreaElement {
  return place.querySelector('textarea') as HTMLTextAreaElement
}

function type(text: string): void {
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
  act(() => {
    set?.call(field(), text)
    field().setSelectionRange(text.length, text.length)
    field().dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
}

async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  await act(async () => void field().dispatchEvent(event))
}

async function click(name: string): Promise<void> {
  const button = [...place.querySelectorAll('button')].find((each) => each.textContent === name)
  await act(async () => button?.click())
}

function conflict(): string | null {
  return place.querySelector('[data-testid="edit-conflict"]')?.textContent ?? null
}

describe('a message that is edited', () => {
  it('has the focus behind its text, and saves with Enter', async () => {
    show(message)
    expect(document.activeElement).toBe(field())
    expect(field().selectionStart).toBe('the loom'.length)
    type('the loom!')
    await press('Enter', { isComposing: true })
    expect(saves).not.toHaveBeenCalled()
    await press('Enter')
    expect(saves.mock.calls).toEqual([[7, 'the loom!']])
    expect(ends).toHaveBeenCalledWith('saved')
    expect(editDraft(drafts, 'r', 7)).toBeNull()
  })

  it('that was not changed ends without a request', async () => {
    show(message)
    await press('Enter')
    expect(saves).not.toHaveBeenCalled()
    expect(ends).toHaveBeenCalledWith('cancelled')
  })

  it('gives the focus back to where it was, or else to the message', () => {
    const before = document.body.appendChild(document.createElement('button'))
    show(null)
    show(message)
    show(null)
    expect(document.activeElement).toBe(place.querySelector('li'))
    before.focus()
    show(message)
    show(null)
    expect(document.activeElement).toBe(before)
    show(message)
    before.remove()
    show(null)
    expect(document.activeElement).toBe(place.querySelector('li'))
  })

  it('keeps what was typed when Escape closes it, and offers to start over', async () => {
    show(message)
    type('the loom and')
    await press('Escape')
    expect(ends).toHaveBeenCalledWith('cancelled')
    show(null)
    show(message)
    expect(field().value).toBe('the loom and')
    expect(place.textContent).toContain('You began this change earlier')
    await click('Start over')
    expect(field().value).toBe('the loom')
    expect(editDraft(drafts, 'r', 7)).toBeNull()
  })

  it('says that it is not saved without a line, loses nothing, and tries again', async () => {
    saves.mockRejectedValueOnce(new Problem('unreachable', 0, ''))
    show(message)
    type('the loom!')
    await press('Enter')
    expect(place.querySelector('.message-editor-failure')?.textContent).toBe(
      'Not saved: No answer from the server. Check the connection and try again.',
    )
    expect(ends).not.toHaveBeenCalled()
    expect(editDraft(drafts, 'r', 7)).toEqual({ version: 7, text: 'the loom!' })
    await click('Try again')
    expect(saves).toHaveBeenCalledTimes(2)
    expect(ends).toHaveBeenCalledWith('saved')
  })

  it('offers deletion when nothing is left', async () => {
    show(message)
    type('  ')
    await press('Enter')
    expect(emptied).toHaveBeenCalledOnce()
    expect(saves).not.toHaveBeenCalled()
  })

  it('may be empty if there are files', async () => {
    const plan = { fileId: 'f', version: 1, path: 'p', name: 'p', size: 1, sha256: '0' }
    show({ ...message, files: [{ ...plan, mediaType: 'application/pdf' }] })
    type('')
    await press('Enter')
    expect(emptied).not.toHaveBeenCalled()
    expect(saves).toHaveBeenCalledWith(7, '')
  })

  it('is not saved while it is too long', async () => {
    show(message)
    type('x'.repeat(41))
    await press('Enter')
    expect(saves).not.toHaveBeenCalled()
    expect(place.textContent).toContain('1 too many')
  })
})

describe('a message that was changed elsewhere while it is edited', () => {
  it('shows both, and saves mine only when I say so', async () => {
    show(message)
    type('mine')
    show(changedElsewhere)
    expect(conflict()).toContain('from my phone')
    expect(field().value).toBe('mine')
    await press('Enter')
    expect(saves).not.toHaveBeenCalled()
    await click('Save mine instead')
    expect(saves.mock.calls).toEqual([[9, 'mine']])
    expect(ends).toHaveBeenCalledWith('saved')
  })

  it('may stay as it is', async () => {
    show(message)
    type('mine')
    show(changedElsewhere)
    await click('Keep it as it is')
    expect(saves).not.toHaveBeenCalled()
    expect(ends).toHaveBeenCalledWith('cancelled')
    expect(editDraft(drafts, 'r', 7)).toBeNull()
  })

  it('shows both also when only the server knew of it', async () => {
    saves.mockImplementationOnce(async () => {
      show(changedElsewhere)
      return 'changed-elsewhere'
    })
    show(message)
    type('mine')
    await press('Enter')
    expect(conflict()).toContain('from my phone')
    expect(ends).not.toHaveBeenCalled()
  })

  it('is no conflict if it says the same', () => {
    show(message)
    type('from my phone')
    show(changedElsewhere)
    expect(conflict()).toBeNull()
  })

  it('shows both when what was typed is of an earlier visit', () => {
    keepEditDraft(drafts, 'r', 7, { version: 7, text: 'typed on a train' })
    show(changedElsewhere)
    expect(conflict()).toContain('from my phone')
    expect(field().value).toBe('typed on a train')
  })
})
