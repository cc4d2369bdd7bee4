// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readParts } from '../ui/later.tsx'
import { createStore } from '../ui/store.ts'
import type { MessageEntry } from '../wire/frames.ts'
import type { MessageActs } from './message-actions.tsx'
import type { Wishes } from './message-reactions.ts'
import { ConversationRow } from './message-row.tsx'

const message: MessageEntry = {
  seq: 7,
  kind: 'message',
  personId: 'me',
  name: 'ada',
  sentAt: '2026-11-23T08:00:00Z',
  clientMessageId: 'c',
  text: 'the loom',
}
const later = '2026-11-23T08:05:00Z'

let root: Root
let place: HTMLElement
const edits = vi.fn()
const deletes = vi.fn()
const unread = vi.fn()
const marks = {
  roomId: 'r',
  me: 'me',
  wishes: createStore<ReadonlyMap<string, Wishes>>(new Map()),
  mayPin: true,
  onPick: vi.fn(),
  onReact: vi.fn(),
  onPin: vi.fn(),
}

const replies = { onReply: vi.fn(), onOpen: vi.fn(), onMissing: vi.fn() }

function show(
  entry: MessageEntry,
  role: 'owner' | 'member' = 'member',
  editor = false,
  quoted: MessageEntry | null = null,
): void {
  const editTime = { seconds: null, clockAheadMillis: 0 }
  const acts: MessageActs = {
    rights: { me: 'me', role, editTime },
    addressOf: (seq) => `#${seq}`,
    onEdit: edits,
    onDelete: deletes,
    onUnread: unread,
    marks,
    replies,
  }
  act(() =>
    root.render(
      <ConversationRow
        row={{ row: 'said', key: '7', entry, opens: true }}
        renderFile={() => null}
        acts={acts}
        quoted={quoted}
        editor={editor ? <textarea /> : null}
        active
        stop
        linked={false}
      />,
    ),
  )
}

beforeAll(readParts)

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  place = document.body.appendChild(document.createElement('ol'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

function actions(): string[] {
  return [...place.querySelectorAll('.message-actions button')].map(
    (each) => each.getAttribute('aria-label') ?? '',
  )
}

function press(testId: string): void {
  act(() => place.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.click())
}

describe('a message', () => {
  it('of mine is edited and deleted; what destroys it stands last', () => {
    show(message)
    expect(actions()).toEqual([
      'Add a reaction',
      'Reply',
      'Edit',
      'Copy text',
      'Copy link',
      'Pin for everybody',
      'Delete',
    ])
    press('edit')
    press('delete')
    expect([...edits.mock.calls, ...deletes.mock.calls]).toEqual([[7], [7]])
    expect(place.querySelector('.message-danger')?.getAttribute('data-testid')).toBe('delete')
  })

  it('of somebody else is deleted by the owner of the room only', () => {
    const theirs = { ...message, personId: 'grace' }
    show(theirs)
    expect(actions()).not.toContain('Delete')
    expect(actions()).not.toContain('Edit')
    show(theirs, 'owner')
    expect(actions()).toContain('Delete')
    expect(actions()).not.toContain('Edit')
  })

  it('is answered, unless it was deleted', () => {
    show(message)
    press('reply')
    expect(replies.onReply.mock.calls).toEqual([[7]])
    show({ ...message, text: '', deleted: { personId: 'me', name: 'ada', at: later } }, 'owner')
    expect(actions()).not.toContain('Reply')
  })

  it('that answers another one quotes it in one line that leads there', () => {
    const origin = { ...message, seq: 3, name: 'grace', text: '\nshuttle and **warp**\nweft' }
    show({ ...message, replyTo: 3 }, 'member', false, origin)
    const quote = place.querySelector('[data-testid="quote"]')
    expect(quote?.getAttribute('href')).toBe('#3')
    expect(quote?.textContent).toBe('In reply to grace shuttle and **warp**')
    show({ ...message, replyTo: 3 }, 'member', false, {
      ...origin,
      text: '',
      deleted: { personId: 'grace', name: 'grace', at: later },
    })
    expect(place.querySelector('[data-testid="quote"]')?.textContent).toBe(
      'In reply to grace Message deleted',
    )
    expect(replies.onMissing).not.toHaveBeenCalled()
  })

  it('that answers one that is not here asks for it', () => {
    show({ ...message, replyTo: 3 })
    expect(replies.onMissing.mock.calls).toEqual([[3]])
    expect(place.querySelector('[data-testid="quote"]')?.textContent).toContain('A message')
  })

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '<svg onload=alert(1)>',
    '||<img src=x onerror=alert(1)>||',
    '"><iframe src="javascript:alert(1)">',
  ])('shows what it answers as nothing but text: %s', (text) => {
    const origin = { ...message, seq: 3, name: text, text }
    show({ ...message, replyTo: 3 }, 'member', false, origin)
    const quote = place.querySelector('[data-testid="quote"]')
    expect(quote?.querySelector('script, img, a, iframe, [onload], [onerror], [style]')).toBeNull()
    expect(quote?.getAttribute('href')).toBe('#3')
  })

  it('shows how many answer it, and opens them', () => {
    show({ ...message, replies: 3 })
    const button = place.querySelector('[data-testid="replies"]')
    expect(button?.textContent).toBe('3 replies')
    press('replies')
    expect(replies.onOpen.mock.calls).toEqual([[7]])
    show({ ...message, replies: 1, deleted: { personId: 'me', name: 'ada', at: later } })
    expect(place.querySelector('[data-testid="replies"]')?.textContent).toBe('1 reply')
    show(message)
    expect(place.querySelector('[data-testid="replies"]')).toBeNull()
  })

  it('of somebody else becomes unread, and says that it did', async () => {
    show({ ...message, personId: 'grace' })
    press('mark-unread')
    await act(async () => undefined)
    expect(unread.mock.calls).toEqual([[7]])
    expect(place.querySelector('.message-actions-said')?.textContent).toBe('Unread from here')
  })

  it('that was edited says so, and when, but is not read out again', () => {
    show({ ...message, text: 'better', version: 9, editedAt: later })
    const mark = place.querySelector('time[data-testid="edited"]')
    expect(mark?.getAttribute('datetime')).toBe(later)
    expect(mark?.getAttribute('title')).toMatch(/^edited .*2026/)
    expect(mark?.querySelector('.sr-only')?.textContent).toMatch(/^edited .*2026/)
    expect(place.querySelector('li')?.getAttribute('aria-live')).toBe('off')
    show(message)
    expect(place.querySelector('li')?.hasAttribute('aria-live')).toBe(false)
  })

  it('that was deleted leaves a line, and nothing to copy or to do', () => {
    const gone = { ...message, text: '' }
    show({ ...gone, deleted: { personId: 'me', name: 'ada', at: later } }, 'owner')
    expect(place.querySelector('[data-testid="deleted"]')?.textContent).toBe('Message deleted')
    expect(place.querySelector('[data-copied]')).toBeNull()
    expect(actions()).toEqual([])
    expect(place.querySelector('.message-head')?.textContent).toContain('ada')
    show({
      ...gone,
      deleted: { personId: 'grace', name: 'grace', displayName: 'Grace', at: later },
    })
    expect(place.querySelector('[data-testid="deleted"]')?.textContent).toBe(
      'Message deleted by Grace',
    )
  })

  it('that stands is reacted to, pinned and unpinned from its bar; guests do not pin', () => {
    show(message)
    press('react')
    press('pin')
    expect(marks.onPick.mock.calls).toEqual([[7]])
    show({
      ...message,
      pinned: { personId: 'grace', name: 'grace', displayName: 'Grace', at: later },
    })
    expect(place.querySelector('[data-testid="pinned"]')?.textContent).toBe('Pinned by Grace')
    expect(actions()).not.toContain('Pin for everybody')
    press('unpin')
    expect(marks.onPin.mock.calls).toEqual([
      [7, true],
      [7, false],
    ])
    marks.mayPin = false
    show({ ...message })
    expect(actions()).not.toContain('Pin for everybody')
    marks.mayPin = true
  })

  it('that is being edited shows its editor, and no bar', () => {
    show(message, 'member', true)
    expect(place.querySelector('textarea')).not.toBeNull()
    expect(actions()).toEqual([])
    expect(place.querySelector('.message-text')).toBeNull()
  })
})
