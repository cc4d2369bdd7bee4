import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { failureText, useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import type { Box } from '../ui/popover.tsx'
import { setPin } from '../wire/pins.ts'
import type { ChatClient } from './chat-client.ts'
import { indexFrom } from './entry-changes.ts'
import type { MarkActs } from './mark-acts.ts'
import type { RoomLog } from './room-log.ts'

const EmojiPopover = later(
  async () => (await import('./emoji-popover.tsx')).EmojiPopover,
  'says-nothing',
)

/** So long it is said why something was refused. */
export const refusalMillis = 8_000

export interface MessageMarks {
  readonly acts: MarkActs
  readonly picker: ReactNode
  /** Why the last reaction or pin was refused; `null` for no reason. */
  readonly refusal: string | null
  /** On a message, a key reacts. */
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Reacts to the messages of one conversation, and pins them. */
export function useMessageMarks(parts: {
  readonly chat: ChatClient
  readonly roomId: string
  readonly me: string
  readonly log: RoomLog
  readonly mayPin: boolean
  /** What the messages scroll in. */
  readonly scroller: RefObject<HTMLElement | null>
}): MessageMarks {
  const texts = useTexts()
  const { chat, roomId, me, log, mayPin, scroller } = parts
  const [picking, setPicking] = useState<{ readonly seq: number; readonly anchor: Box } | null>(
    null,
  )
  const [failure, setFailure] = useState<{ readonly of: unknown } | null>(null)
  const lastPicked = useRef<number | null>(null)

  const acts = useMemo((): MarkActs => {
    const attempt = (work: Promise<void>) => {
      setFailure(null)
      work.catch((error: unknown) => setFailure({ of: error }))
    }
    return {
      roomId,
      me,
      wishes: chat.reactions.wishes,
      mayPin,
      onPick: (seq, anchor) => {
        const box = anchor ?? boxOf(scroller.current, seq)
        if (box !== null) {
          setPicking({ seq, anchor: box })
        }
      },
      onReact: (seq, emoji, on) => attempt(chat.reactions.react(roomId, seq, emoji, on)),
      onPin: (seq, on) => attempt(setPin(roomId, seq, on)),
    }
  }, [chat, roomId, me, mayPin, scroller])

  useEffect(() => {
    if (failure === null) {
      return undefined
    }
    const timer = setTimeout(() => setFailure(null), refusalMillis)
    return () => clearTimeout(timer)
  }, [failure])

  // The picker gives the focus back to what had it; a bar that nobody points at is gone.
  const seq = picking?.seq ?? null
  useEffect(() => {
    if (seq !== null) {
      lastPicked.current = seq
    } else if (lastPicked.current !== null && document.activeElement === document.body) {
      rowOf(scroller.current, lastPicked.current)?.focus({ preventScroll: true })
    }
  }, [seq, scroller])

  const picker =
    picking === null ? null : (
      <EmojiPopover
        anchor={picking.anchor}
        onChoose={(emoji) => acts.onReact(picking.seq, emoji, true)}
        onClose={() => setPicking(null)}
      />
    )
  const onKeyDown = (event: KeyboardEvent) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey
    if (event.key !== '+' || modified || !(event.target instanceof HTMLElement)) {
      return
    }
    const at = Number(event.target.dataset.seq)
    const entry = log.entries[indexFrom(log.entries, at)]
    if (entry?.kind === 'message' && entry.seq === at && entry.deleted === undefined) {
      event.preventDefault()
      acts.onPick(at)
    }
  }
  const refusal = failure === null ? null : failureText(texts, failure.of)
  return { acts, picker, refusal, onKeyDown }
}

/** Beside the bar of the message, or beside itself. */
function boxOf(scroller: HTMLElement | null, seq: number): Box | null {
  const row = rowOf(scroller, seq)
  return (row?.querySelector('.message-actions') ?? row)?.getBoundingClientRect() ?? null
}

function rowOf(scroller: HTMLElement | null, seq: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`.message[data-seq="${seq}"]`) ?? null
}
