// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../ui/store.ts'
import { AttachmentStrip } from './attachment-strip.tsx'
import { type DraftFile, type DraftMessage, type DraftMessages, noDraft } from './draft-messages.ts'

let root: Root
let place: HTMLElement
const store = createStore<ReadonlyMap<string, DraftMessage>>(new Map())
const retries = vi.fn()
const empties = vi.fn()
const messages = {
  store,
  retry: retries,
  remove: (roomId: string, id: string) => {
    const draft = store.get().get(roomId) ?? noDraft
    put({ ...draft, files: draft.files.filter((each) => each.id !== id) })
  },
} as unknown as DraftMessages

function put(draft: Partial<DraftMessage>): void {
  store.set(new Map([['r', { ...noDraft, ...draft }]]))
}

function file(name: string, more: Partial<DraftFile> = {}): DraftFile {
  const base = { id: name, name, size: 200, stored: null, storedAt: null, sent: 0, problem: null }
  return { ...base, state: 'uploading', picture: null, ...more }
}

function show(draft: Partial<DraftMessage>): void {
  put(draft)
  act(() => root.render(<AttachmentStrip messages={messages} roomId="r" onEmptied={empties} />))
}

function remove(name: string): HTMLElement | null {
  return place.querySelector(`[aria-label="Remove ${name}"]`)
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

describe('the files of the message that one writes', () => {
  it('say how far they are', () => {
    show({
      files: [
        file('a.png', { sent: 50, picture: 'blob:a' }),
        file('b.pdf', { state: 'uploaded', sent: 200 }),
        file('c.pdf', { state: 'lost' }),
      ],
    })
    expect(place.querySelector('progress')?.getAttribute('aria-label')).toBe('Upload of a.png')
    expect(place.querySelector('progress')?.value).toBe(25)
    expect(place.querySelectorAll('progress')).toHaveLength(1)
    expect(place.querySelector('img')?.getAttribute('src')).toBe('blob:a')
    expect(place.querySelector('[role="alert"]')?.textContent).toContain('Attach it again')
  })

  it('are tried again when they failed', () => {
    show({ files: [file('a.pdf', { state: 'failed', problem: 'storage-full' })], blocked: true })
    expect(place.querySelector('[data-testid="attachments-note"]')?.textContent).not.toBe('')
    const retry = [...place.querySelectorAll('button')].find((each) => each.textContent !== '')
    act(() => retry?.click())
    expect(retries).toHaveBeenCalledWith('r', 'a.pdf')
  })

  it('say how many were left out', () => {
    show({ files: [file('a.pdf')], leftOut: 3 })
    expect(place.textContent).toContain('3 were left out')
  })

  it('leave the focus at the next one when one is removed, and at last where one writes', () => {
    show({ files: [file('a'), file('b'), file('c')] })
    act(() => remove('b')?.click())
    expect(document.activeElement).toBe(remove('c'))
    act(() => remove('c')?.click())
    expect(document.activeElement).toBe(remove('a'))
    act(() => remove('a')?.click())
    expect(empties).toHaveBeenCalledOnce()
  })
})
