import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { ChatClient } from './chat-client.ts'
import type { ChatState } from './chat-state.ts'
import type { Moved } from './room-readings.ts'

/** For so long it can be undone that all rooms are read, and as long as somebody points there. */
export const undoMillis = 10_000

function someUnread({ reading }: ChatState): boolean {
  return [...reading.values()].some(({ unread }) => unread > 0)
}

/** Marks all rooms as read, and takes it back. */
export function useMarkAllRead(chat: ChatClient): {
  /** There is nothing to press where nothing is unread. */
  readonly button: ReactNode
  /** What was done, and the way back. */
  readonly done: ReactNode
} {
  const texts = useTexts()
  const some = useStore(chat.store, someUnread)
  const [moved, setMoved] = useState<readonly Moved[]>([])
  const opener = useRef<HTMLButtonElement>(null)
  const strip = useRef<HTMLDivElement>(null)
  // Who presses a key goes on where the button was that is gone then.
  const [byKey, setByKey] = useState(false)
  useEffect(() => {
    if (byKey) {
      const next = moved.length > 0 ? strip.current?.querySelector('button') : opener.current
      next?.focus()
      setByKey(false)
    }
  }, [byKey, moved])
  useEffect(() => {
    if (moved.length === 0) {
      return undefined
    }
    const timer = setInterval(() => {
      if (strip.current?.matches(':hover, :focus-within') === false) {
        setMoved([])
      }
    }, undoMillis)
    return () => clearInterval(timer)
  }, [moved])
  const button = some ? (
    <button
      ref={opener}
      type="button"
      className="button button-icon button-small"
      aria-label={texts.chat.markAllRead}
      title={texts.chat.markAllRead}
      data-testid="mark-all-read"
      onClick={(event) => {
        setByKey(event.detail === 0)
        setMoved(chat.markAllRead())
      }}
    >
      <Icon name="checks" />
    </button>
  ) : null
  const done = (
    <div role="status">
      {moved.length === 0 ? null : (
        <div ref={strip} className="undo-strip" data-testid="marked-all-read">
          <span>{texts.chat.markedAllRead(moved.length)}</span>
          <button
            type="button"
            className="button button-small button-quiet"
            onClick={(event) => {
              setByKey(event.detail === 0)
              chat.putBackRead(moved)
              setMoved([])
            }}
          >
            {texts.chat.undo}
          </button>
        </div>
      )}
    </div>
  )
  return { button, done }
}
