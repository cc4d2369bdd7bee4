// @vitest-environment jsdom
import { act, useRef, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readParts } from '../ui/later.tsx'
import { createStore } from '../ui/store.ts'
import type { MessageEntry } from '../wire/frames.ts'
import type { ChatClient } from './chat-client.ts'
import { emptyChat } from './chat-state.ts'
import { emptyLog, type RoomLog } from './room-log.ts'
import { useMessageEdits } from './use-message-edits.tsx'

const message: MessageEntry = {
  seq: 1,
  kind: 'message',
  personId: 'me',
  name: 'ada',
  sentAt: '2026-11-23T08:00:00Z',
  clientMessageId: 'c',
  text: 'the loom',
}
const by = { personId: 'me', name: 'ada', at: '2026-11-23T08:05:00Z' }
const editTime = { seconds: null, clockAheadMillis: 0 }
const rights = { me: 'me', role: 'member', editTime } as const
const drafts = { draft: () => '', setDraft: () => undefined }
const addressOf = (seq: number) => `#${seq}`
const jumps = vi.fn()
const chat = {
  store: createStore(emptyChat),
  editMessage: () => Promise.resolve('saved'),
  deleteMessage: async () => setLog(logOf({ ...message, text: '', deleted: by })),
} as unknown as ChatClient

let root: Root
let place: HTMLElement
let setLog: (log: RoomLog) => void
let edits: ReturnType<typeof useMessageEdits>
let isEditing: boolean

function logOf(entry: MessageEntry): RoomLog {
  return { ...emptyLog(0), last: 1, entries: [entry] }
}

function Messages({ shown }: { readonly shown: boolean }) {
  const [log, changeLog] = useState(logOf(message))
  const [editing, onEditing] = useState<number | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  setLog = changeLog
  isEditing = editing !== null
  const room = { chat, roomId: 'r', log, rights, drafts, addressOf }
  edits = useMessageEdits({ ...room, editing, onEditing, scroller, jumpTo: jumps })
  return (
    <div ref={scroller}>
      {shown ? (
        <div data-seq="1" tabIndex={-1}>
          {edits.editorOf(1)}
        </div>
      ) : null}
      {edits.dialog}
    </div>
  )
}

function show(shown = true): void {
  act(() => root.render(<Messages shown={shown} />))
}

beforeAll(readParts)

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  Element.prototype.scrollIntoView = () => undefined
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
  // An element without a size is in sight only of one that has one.
  Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 10, 10)
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

async function press(name: string): Promise<void> {
  const button = [...place.querySelectorAll('button')].find((each) => each.textContent === name)
  await act(async () => button?.click())
}

async function save(text: string): Promise<void> {
  const field = place.querySelector('textarea') as HTMLTextAreaElement
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
  act(() => {
    set?.call(field, text)
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
  await press('Save')
}

describe('the edits of a conversation', () => {
  it('say aloud what I did, and not what others do', async () => {
    show()
    act(() => setLog(logOf({ ...message, text: 'by my phone', version: 2 })))
    expect(edits.said).toBe('')
    act(() => edits.acts.onEdit(1))
    await save('better')
    expect(edits.said).toBe('Message edited')
    expect(isEditing).toBe(false)
    act(() => edits.acts.onDelete(1))
    expect(edits.said).toBe('')
    await press('Delete')
    expect(edits.said).toBe('Message deleted')
  })

  it('ask before a message goes, and bring the focus back to its row', async () => {
    show()
    act(() => edits.acts.onDelete(1))
    expect(place.querySelector('dialog')?.textContent).toContain('Delete this message?')
    await press('Cancel')
    expect(place.querySelector('dialog')).toBeNull()
    act(() => edits.acts.onDelete(1))
    await press('Delete')
    expect(place.querySelector('dialog')).toBeNull()
    expect(document.activeElement).toBe(place.querySelector('[data-seq]'))
  })

  it('ask whether a message should go of which nothing is left', async () => {
    show()
    act(() => edits.acts.onEdit(1))
    await save(' ')
    expect(place.querySelector('dialog')?.textContent).toContain('Delete this message?')
    await press('Delete')
    expect(isEditing).toBe(false)
  })

  it('end when somebody else deletes the message', () => {
    show()
    act(() => edits.acts.onEdit(1))
    act(() => edits.acts.onDelete(1))
    act(() => setLog(logOf({ ...message, text: '', deleted: by })))
    expect(isEditing).toBe(false)
    expect(place.querySelector('dialog, textarea')).toBeNull()
  })

  it('bring a message into sight that is not there', () => {
    show()
    act(() => edits.acts.onEdit(1))
    expect(jumps).not.toHaveBeenCalled()
    act(() => root.unmount())
    root = createRoot(place)
    show(false)
    act(() => edits.acts.onEdit(1))
    expect(jumps).toHaveBeenCalledWith(1)
  })
})
