import { useEffect, useMemo, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { PersonRef, ShownEntry } from '../wire/frames.ts'
import type { Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { copiedText } from './copied-text.ts'
import type { Drafts } from './edit-drafts.ts'
import { shownEntries } from './entry-window.ts'
import { type Search, useLinkedMessage } from './linked-message.ts'
import { isMembership } from './memberships.ts'
import type { Rights } from './message-rights.ts'
import { ConversationRow, PendingRow, type RenderFiles } from './message-row.tsx'
import { type Row, rowsOf } from './message-rows.ts'
import { useRoomName } from './person.tsx'
import { ToNewest, UnreadAbove } from './reading-pills.tsx'
import { ReplyQuote } from './reply-quote.tsx'
import { messageAt, type RoomLog } from './room-log.ts'
import { scrollPlacesOf } from './scroll-places.ts'
import { useActiveRows } from './use-active-row.ts'
import { useEscape } from './use-escape.ts'
import { useMessageEdits } from './use-message-edits.tsx'
import { useMessageMarks } from './use-message-marks.tsx'
import { useMessageReplies } from './use-message-replies.ts'
import { useReading } from './use-reading.ts'
import { useSlide } from './use-slide.ts'
import { useWatching } from './use-watching.ts'
import './conversation.css'

/** The log of one room, from the newest entry upwards as far as the reader likes. */
export function Conversation(props: {
  readonly chat: ChatClient
  readonly me: PersonRef
  readonly room: Room
  readonly log: RoomLog
  readonly renderFiles: RenderFiles
  /** The message that the address names; `null` for none. */
  readonly linked: number | null
  readonly addressOf: (seq: number) => string
  readonly rights: Rights
  readonly drafts: Drafts
  readonly mayPin: boolean
  /** The message that somebody edits; `null` for none. */
  readonly editing: number | null
  readonly onEditing: (seq: number | null) => void
  /** What is written next answers this message. */
  readonly onReply: (seq: number) => void
  /** Shows a message with all that answers it. */
  readonly onReplies: (seq: number) => void
  readonly onInvite: () => void
  readonly onFile: () => void
}) {
  const texts = useTexts()
  const { chat, me, room, log } = props
  const name = useRoomName(room, me.personId)
  const online = useStore(
    chat.store,
    ({ connection }) => connection.status === 'connected' && !connection.silent,
  )
  const places = scrollPlacesOf(chat)
  const [began] = useState(() => places.find(room.roomId, log))
  const loadOlder = () => chat.loadOlder(room.roomId)
  const { toEnd, ...slide } = useSlide(log, loadOlder, began, (place) =>
    places.leave(room.roomId, place),
  )
  const watching = useWatching()
  const link = useLinkedMessage(log, props.linked, loadOlder, slide.jumpTo)
  const reading = useReading({
    chat,
    me: me.personId,
    roomId: room.roomId,
    log,
    watching,
    linked: props.linked !== null,
    leaving: link.search === 'there',
    scroller: slide.scroller,
    jumpTo: slide.jumpTo,
    toEnd,
  })
  useEscape(() => {
    if (props.editing === null) {
      reading.markRead()
    }
  })
  const active = useActiveRows()
  const scroller = slide.scroller
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that the reader is brought there
  useEffect(() => {
    if (link.seq !== null) {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-seq="${link.seq}"]`)
      row?.focus({ preventScroll: true })
    }
  }, [link.seq, link.arrivals, scroller])

  // Wherever a link to the message stands whose address this is already.
  const { again } = link
  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      const anchor = target instanceof Element ? target.closest('a') : null
      if (anchor !== null && anchor.target === '' && anchor.href === window.location.href) {
        again()
      }
    }
    document.addEventListener('click', onClick)
    return () => document.removeEventListener('click', onClick)
  }, [again])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a subscribed room has a past to read
  useEffect(() => {
    chat.open(room.roomId)
  }, [chat, room.roomId, log.subscribed])

  // Who sends a message wants to see it, wherever they were reading.
  const lastPending = log.pending.at(-1)?.clientMessageId
  const [pendingWhenOpened] = useState(lastPending)
  useEffect(() => {
    if (lastPending !== undefined && lastPending !== pendingWhenOpened) {
      toEnd()
    }
  }, [lastPending, pendingWhenOpened, toEnd])

  const entries = useMemo(() => shownEntries(slide.window, log), [slide.window, log])
  const rows = useMemo(() => rowsOf(entries, reading.line), [entries, reading.line])
  const { jumpTo } = slide
  const edits = useMessageEdits({ ...props, roomId: room.roomId, scroller, jumpTo })
  const { mayPin } = props
  const marks = useMessageMarks({
    chat,
    roomId: room.roomId,
    me: me.personId,
    log,
    mayPin,
    scroller,
  })
  const { onReply, onReplies } = props
  const replies = useMessageReplies({ chat, roomId: room.roomId, log, onReply, onReplies })
  const acts = useMemo(
    () => ({ ...edits.acts, marks: marks.acts, replies: replies.acts }),
    [edits.acts, marks.acts, replies.acts],
  )
  const quotedIn = (replyTo: number | undefined) =>
    replyTo === undefined ? null : messageAt(log, replyTo)
  const complete = log.after === 0
  const lastSender = entries.at(-1)?.personId
  const stop = stopOf(rows, active.stop)
  return (
    <div className="conversation">
      <div className="conversation-over">
        <SearchNotice search={link.search ?? reading.search} linked={link.search !== null} />
        <UnreadAbove
          above={reading.above}
          onJump={reading.toFirst}
          onRead={() => {
            reading.markRead()
            scroller.current?.focus()
          }}
        />
      </div>
      <div
        ref={slide.scroller}
        className="conversation-scroll"
        onScroll={() => {
          slide.onScroll()
          reading.look()
        }}
        onCopy={(event) => {
          const text = copiedText(event.currentTarget, document.getSelection())
          if (text !== null) {
            event.preventDefault()
            event.clipboardData.setData('text/plain', text)
          }
        }}
        onKeyDown={(event) => {
          marks.onKeyDown(event)
          replies.onKeyDown(event)
        }}
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={texts.chat.conversation(name)}
        data-testid="conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {complete && log.pending.length === 0 && !log.entries.some(isContent) ? (
          <EmptyConversation
            room={room}
            name={name}
            onInvite={props.onInvite}
            onFile={props.onFile}
          />
        ) : (
          <p className="conversation-top">
            {complete ? texts.chat.beginning(name) : texts.chat.loadingOlder}
          </p>
        )}
        <ol className="conversation-rows" ref={slide.content} {...active.list}>
          {rows.map((row) => (
            <ConversationRow
              key={row.key}
              row={row}
              renderFiles={props.renderFiles}
              acts={acts}
              quoted={
                row.row === 'said' && row.entry.kind === 'message'
                  ? quotedIn(row.entry.replyTo)
                  : null
              }
              editor={row.row === 'said' ? edits.editorOf(row.entry.seq) : null}
              active={row.row === 'said' && active.isActive(row.entry.seq)}
              stop={row.row === 'said' && row.entry.seq === stop}
              linked={row.row === 'said' && row.entry.seq === link.seq}
            />
          ))}
          {slide.window.bottom === null
            ? log.pending.map((message, at) => (
                <PendingRow
                  key={message.clientMessageId}
                  message={message}
                  me={me}
                  online={online}
                  renderFiles={props.renderFiles}
                  opens={at === 0 && lastSender !== me.personId}
                  quote={
                    message.replyTo === undefined ? null : (
                      <ReplyQuote
                        seq={message.replyTo}
                        message={quotedIn(message.replyTo)}
                        address={props.addressOf(message.replyTo)}
                        onMissing={replies.acts.onMissing}
                      />
                    )
                  }
                  onRetry={() => chat.retryPost(room.roomId, message.clientMessageId)}
                  onDiscard={() => chat.discardPost(room.roomId, message.clientMessageId)}
                />
              ))
            : null}
        </ol>
        {slide.atEnd ? null : (
          <ToNewest
            unread={reading.above === null ? reading.unread : 0}
            mentions={reading.mentionsBelow}
            onJump={toEnd}
            onMention={reading.toMentionBelow}
          />
        )}
      </div>
      <span className="sr-only" role="status">
        {edits.said}
      </span>
      {edits.dialog}
      <div className="conversation-refusal" role="status">
        {marks.refusal === null ? null : <p className="notice">{marks.refusal}</p>}
      </div>
      {marks.picker}
    </div>
  )
}

/** Comings and goings alone leave a room empty. */
function isContent(entry: ShownEntry): boolean {
  return !isMembership(entry)
}

/** Where the Tab key stops among the messages: where it was last, or the newest one. */
function stopOf(rows: readonly Row[], last: number | null): number | null {
  const said = rows.flatMap((row) => (row.row === 'said' ? [row.entry.seq] : []))
  return last !== null && said.includes(last) ? last : (said.at(-1) ?? null)
}

/** How the way to a message goes: one that is linked, or the first unread one. */
function SearchNotice(props: { readonly search: Search | null; readonly linked: boolean }) {
  const texts = useTexts()
  const { search, linked } = props
  const says = {
    there: null,
    waiting: texts.chat.linkLooking,
    older: texts.chat.linkLooking,
    'too-far': linked ? texts.chat.linkTooFar : texts.chat.unreadTooFar,
    unknown: linked ? texts.chat.linkUnknown : null,
  }
  const text = search === null ? null : says[search]
  return <div role="status">{text === null ? null : <p className="notice">{text}</p>}</div>
}

/** What a room is for in which nobody has said anything, and where to begin. */
function EmptyConversation(props: {
  readonly room: Room
  readonly name: string
  readonly onInvite: () => void
  readonly onFile: () => void
}) {
  const texts = useTexts()
  const { room } = props
  const direct = room.kind === 'direct'
  return (
    <div className="empty conversation-empty" data-testid="empty-room">
      <span className="empty-mark">
        <Icon name={direct ? 'people' : room.visibility === 'private' ? 'lock' : 'hash'} />
      </span>
      <p className="empty-title">{texts.chat.emptyTitle}</p>
      <p className="empty-hint" dir="auto">
        {direct
          ? texts.chat.emptyDirect(props.name)
          : room.topic ||
            (room.visibility === 'private' ? texts.chat.emptyPrivate : texts.chat.emptyPublic)}
      </p>
      <div className="conversation-steps">
        {direct ? null : (
          <button type="button" className="button button-small" onClick={props.onInvite}>
            <Icon name="people" />
            {texts.chat.invitePerson}
          </button>
        )}
        <button type="button" className="button button-small" onClick={props.onFile}>
          <Icon name="attach" />
          {texts.chat.shareFile}
        </button>
      </div>
    </div>
  )
}
