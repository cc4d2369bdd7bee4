import {
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { useStore } from '../ui/store.ts'
import type { MessageEntry } from '../wire/frames.ts'
import type { ChatClient } from './chat-client.ts'
import type { Drafts } from './edit-drafts.ts'
import { indexFrom } from './entry-changes.ts'
import type { MessageActs } from './message-actions.tsx'
import type { Rights } from './message-rights.ts'
import type { RoomLog } from './room-log.ts'

const MessageEditor = later(async () => (await import('./message-editor.tsx')).MessageEditor)
const DeleteMessageDialog = later(
  async () => (await import('./delete-message-dialog.tsx')).DeleteMessageDialog,
  'says-nothing',
)

export interface MessageEditsParts {
  readonly chat: ChatClient
  readonly roomId: string
  readonly log: RoomLog
  readonly rights: Rights
  readonly drafts: Drafts
  readonly addressOf: (seq: number) => string
  /** The message that somebody edits; `null` for none. */
  readonly editing: number | null
  readonly onEditing: (seq: number | null) => void
  /** What the messages scroll in. */
  readonly scroller: RefObject<HTMLElement | null>
  readonly jumpTo: (seq: number) => void
}

export interface MessageEdits {
  readonly acts: Omit<MessageActs, 'marks' | 'replies'>
  /** What takes the place of the message `seq`. */
  readonly editorOf: (seq: number) => ReactNode
  readonly dialog: ReactNode
  /** What those who hear the page are told of what they did. */
  readonly said: string
}

/** Edits and deletes the messages of one conversation. */
export function useMessageEdits(parts: MessageEditsParts): MessageEdits {
  const texts = useTexts()
  const { chat, roomId, log, rights, drafts, addressOf, editing, onEditing, scroller } = parts
  const textCharactersMax = useStore(chat.store, (state) => state.textCharactersMax)
  const [deleting, setDeleting] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const edited = messageAt(log, editing)
  const toDelete = messageAt(log, deleting)
  const lastAskedAbout = useRef<number | null>(null)

  const acts = useMemo(() => {
    const begin = (set: (seq: number) => void) => (seq: number) => {
      setSaid('')
      set(seq)
    }
    const onUnread = (seq: number) => chat.markUnread(roomId, seq)
    return { rights, addressOf, onEdit: begin(onEditing), onDelete: begin(setDeleting), onUnread }
  }, [rights, addressOf, onEditing, chat, roomId])

  // It was deleted, or it is not here any more.
  useEffect(() => {
    if (editing !== null && edited === null) {
      onEditing(null)
    }
  }, [editing, edited, onEditing])

  const jump = useRef(parts.jumpTo)
  jump.current = parts.jumpTo
  useLayoutEffect(() => {
    if (editing !== null && !isInView(scroller.current, editing)) {
      jump.current(editing)
    }
  }, [editing, scroller])

  // The dialog gives the focus back to what had it; the bar of a deleted message is gone.
  useEffect(() => {
    if (deleting !== null) {
      lastAskedAbout.current = deleting
    } else if (lastAskedAbout.current !== null && document.activeElement === document.body) {
      rowOf(scroller.current, lastAskedAbout.current)?.focus({ preventScroll: true })
    }
  }, [deleting, scroller])

  const editorOf = (seq: number) =>
    edited === null || edited.seq !== seq ? null : (
      <MessageEditor
        entry={edited}
        roomId={roomId}
        drafts={drafts}
        textCharactersMax={textCharactersMax}
        onSave={(version, text) => chat.editMessage(roomId, seq, version, text)}
        onEmptied={() => setDeleting(seq)}
        onEnd={(how) => {
          setSaid(how === 'saved' ? texts.chat.messageEdited : '')
          onEditing(null)
        }}
      />
    )
  const dialog =
    toDelete === null ? null : (
      <DeleteMessageDialog
        entry={toDelete}
        me={rights.me}
        onDelete={async () => {
          await chat.deleteMessage(roomId, toDelete.seq)
          setSaid(texts.chat.messageDeleted)
        }}
        onClose={() => setDeleting(null)}
      />
    )
  // Somebody else may have deleted it while the question stood.
  useEffect(() => {
    if (deleting !== null && toDelete === null) {
      setDeleting(null)
    }
  }, [deleting, toDelete])
  return { acts, editorOf, dialog, said }
}

/** A message that stands in the log. */
function messageAt(log: RoomLog, seq: number | null): MessageEntry | null {
  const entry = seq === null ? undefined : log.entries[indexFrom(log.entries, seq)]
  return entry?.kind === 'message' && entry.seq === seq && entry.deleted === undefined
    ? entry
    : null
}

function rowOf(scroller: HTMLElement | null, seq: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`) ?? null
}

function isInView(scroller: HTMLElement | null, seq: number): boolean {
  const row = rowOf(scroller, seq)
  if (scroller === null || row === null) {
    return false
  }
  const seen = scroller.getBoundingClientRect()
  const box = row.getBoundingClientRect()
  return box.bottom > seen.top && box.top < seen.bottom
}
