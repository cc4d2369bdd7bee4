import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { FileRef, PersonRef } from '../wire/frames.ts'
import type { Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { copiedText } from './copied-text.ts'
import { shownEntries } from './entry-window.ts'
import { ConversationRow, PendingRow } from './message-row.tsx'
import { rowsOf } from './message-rows.ts'
import { lastSeq, type RoomLog, unreadCount } from './room-log.ts'
import { scrollPlacesOf } from './scroll-places.ts'
import { useSlide } from './use-slide.ts'
import { useWatching } from './use-watching.ts'
import './conversation.css'

/** The log of one room, from the newest entry upwards as far as the reader likes. */
export function Conversation(props: {
  readonly chat: ChatClient
  readonly me: PersonRef
  readonly room: Room
  readonly log: RoomLog
  readonly renderFile: (file: FileRef) => ReactNode
}) {
  const texts = useTexts()
  const { chat, me, room, log } = props
  const read = useStore(chat.store, (state) => state.read.get(room.roomId) ?? 0)
  const online = useStore(
    chat.store,
    ({ connection }) => connection.status === 'connected' && !connection.silent,
  )
  // What comes while one looks on is not "new since last time".
  const [readWhenOpened] = useState(() => (lastSeq(log) > read ? read : null))
  const places = scrollPlacesOf(chat)
  const [began] = useState(() => places.find(room.roomId, log))
  const { toEnd, ...slide } = useSlide(
    log,
    () => chat.loadOlder(room.roomId),
    began,
    (place) => places.leave(room.roomId, place),
  )
  const watching = useWatching()

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a subscribed room has a past to read
  useEffect(() => {
    chat.open(room.roomId)
  }, [chat, room.roomId, log.subscribed])

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new entry that is seen is read
  useEffect(() => {
    if (watching && slide.atEnd) {
      chat.markRead(room.roomId)
    }
  }, [chat, room.roomId, watching, slide.atEnd, log.entries])

  // Who sends a message wants to see it, wherever they were reading.
  const lastPending = log.pending.at(-1)?.clientMessageId
  const [pendingWhenOpened] = useState(lastPending)
  useEffect(() => {
    if (lastPending !== undefined && lastPending !== pendingWhenOpened) {
      toEnd()
    }
  }, [lastPending, pendingWhenOpened, toEnd])

  const entries = useMemo(() => shownEntries(slide.window, log), [slide.window, log])
  const rows = useMemo(
    () => rowsOf(entries, readWhenOpened, me.personId),
    [entries, readWhenOpened, me.personId],
  )
  const complete = log.after === 0
  const unread = slide.atEnd ? 0 : unreadCount(log, read, me.personId)
  const lastSender = entries.at(-1)?.personId
  return (
    <div className="conversation">
      <div
        ref={slide.scroller}
        className="conversation-scroll"
        onScroll={slide.onScroll}
        onCopy={(event) => {
          const text = copiedText(event.currentTarget, document.getSelection())
          if (text !== null) {
            event.preventDefault()
            event.clipboardData.setData('text/plain', text)
          }
        }}
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={texts.chat.conversation(room.name)}
        data-testid="conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {complete && rows.length === 0 && log.pending.length === 0 ? (
          <EmptyConversation />
        ) : (
          <p className="conversation-top">
            {complete ? texts.chat.beginning(room.name) : texts.chat.loadingOlder}
          </p>
        )}
        <ol className="conversation-rows" ref={slide.content}>
          {rows.map((row) => (
            <ConversationRow key={row.key} row={row} renderFile={props.renderFile} />
          ))}
          {slide.window.bottom === null
            ? log.pending.map((message, at) => (
                <PendingRow
                  key={message.clientMessageId}
                  message={message}
                  me={me}
                  online={online}
                  opens={at === 0 && lastSender !== me.personId}
                  onRetry={() => chat.retryPost(room.roomId, message.clientMessageId)}
                  onDiscard={() => chat.discardPost(room.roomId, message.clientMessageId)}
                />
              ))
            : null}
        </ol>
        {slide.atEnd ? null : (
          <div className="conversation-pill-place">
            <button
              type="button"
              className="conversation-pill"
              onClick={toEnd}
              data-testid="to-newest"
            >
              <Icon name="down" />
              {unread > 0 ? texts.chat.newMessages(unread) : texts.chat.toBottom}
            </button>
          </div>
        )}
      </div>
    </div>
  )
}

function EmptyConversation() {
  const texts = useTexts()
  return (
    <div className="empty conversation-empty">
      <span className="empty-mark">
        <Icon name="send" />
      </span>
      <p className="empty-title">{texts.chat.emptyTitle}</p>
      <p className="empty-hint">{texts.chat.emptyHint}</p>
    </div>
  )
}
