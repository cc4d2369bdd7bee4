import { useLayoutEffect, useRef, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { formatMoment } from '../ui/format.ts'
import { failureText, localeOf, problemText, useLanguage, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { MessageEntry, PersonRef } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import type { ChatClient } from './chat-client.ts'
import { Composer } from './composer.tsx'
import type { Drafts } from './edit-drafts.ts'
import { PendingRow, type RenderFiles, StandingText } from './message-row.tsx'
import { PersonNow } from './person.tsx'
import { replyTextPlace } from './reply-draft.ts'
import { RepliesButton } from './reply-quote.tsx'
import type { PendingMessage, RoomLog } from './room-log.ts'
import { useReplies } from './use-replies.ts'
import './replies.css'

/** Replies that are in the page at first, and that each step adds. */
export const repliesStep = 100

/** A message, all that answers it, and where one answers it. */
export function RepliesPanel(props: {
  readonly chat: ChatClient
  readonly me: PersonRef
  readonly roomId: string
  readonly log: RoomLog
  /** The message. */
  readonly seq: number
  readonly drafts: Drafts
  readonly renderFiles: RenderFiles
  readonly addressOf: (seq: number) => string
  /** Shows another message with what answers it. */
  readonly onOpen: (seq: number) => void
  /** Somebody goes to a message. */
  readonly onJump: () => void
}) {
  const texts = useTexts()
  const { chat, me, roomId, log, seq, drafts } = props
  const textCharactersMax = useStore(chat.store, (state) => state.textCharactersMax)
  const { origin, replies, more, failure, again } = useReplies(chat, roomId, log, seq)
  const [shownMax, setShownMax] = useState(repliesStep)
  const pending = log.pending.filter((message) => message.replyTo === seq)
  const shown = replies?.slice(-shownMax) ?? []
  const place = useRef<HTMLDivElement>(null)
  useReturnedFocus(place, seq)
  const scroller = useEnd(`${shown.at(-1)?.seq}-${pending.length}`)
  return (
    <div ref={place} className="replies" data-testid="replies-panel">
      <div
        ref={scroller.place}
        className="replies-scroll"
        onScroll={scroller.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-label={texts.chat.repliesTitle}
      >
        {origin === null ? null : (
          <section className="replies-origin" data-testid="origin">
            <ReplyHead message={origin} address={props.addressOf(seq)} onJump={props.onJump} />
            <ReplyText message={origin} renderFiles={props.renderFiles} />
          </section>
        )}
        <ProblemNotice text={failureText(texts, failure)} />
        {failure === null ? null : (
          <button type="button" className="button button-small" onClick={again}>
            {texts.common.retry}
          </button>
        )}
        {replies === null && failure === null ? (
          <p className="empty empty-hint">{texts.common.loading}</p>
        ) : null}
        {replies?.length === 0 && pending.length === 0 ? (
          <p className="empty empty-hint">{texts.chat.noReplies}</p>
        ) : null}
        {replies !== null && replies.length > shown.length ? (
          <button
            type="button"
            className="button button-small"
            onClick={() => setShownMax(shownMax + repliesStep)}
          >
            {texts.chat.moreReplies}
          </button>
        ) : null}
        {more ? <p className="notice">{texts.chat.notAllReplies(replies?.length ?? 0)}</p> : null}
        <ol>
          {shown.map((message) => (
            <li key={message.seq} className="reply" data-testid="reply" data-reply={message.seq}>
              <ReplyHead
                message={message}
                address={props.addressOf(message.seq)}
                onJump={props.onJump}
              />
              <ReplyText message={message} renderFiles={props.renderFiles} />
              <RepliesButton count={message.replies} onOpen={() => props.onOpen(message.seq)} />
            </li>
          ))}
          <PendingReplies {...props} pending={pending} me={me} />
        </ol>
      </div>
      {origin === null ? null : origin.deleted === undefined ? (
        <Composer
          label={texts.chat.replyTo(shownName(origin))}
          testId="reply-composer"
          draft={drafts.draft(replyTextPlace(roomId, seq))}
          onDraft={(text) => drafts.setDraft(replyTextPlace(roomId, seq), text)}
          textCharactersMax={textCharactersMax}
          onSend={(text) => chat.post(roomId, { text, replyTo: seq })}
          onSendAsFile={null}
          files={null}
          onEditLast={() => false}
          before={null}
        />
      ) : (
        <p className="notice">{problemText(texts, 'message-deleted')}</p>
      )}
    </div>
  )
}

function PendingReplies(props: {
  readonly chat: ChatClient
  readonly roomId: string
  readonly me: PersonRef
  readonly pending: readonly PendingMessage[]
  readonly renderFiles: RenderFiles
}) {
  const { chat, roomId } = props
  const online = useStore(
    chat.store,
    ({ connection }) => connection.status === 'connected' && !connection.silent,
  )
  return props.pending.map((message) => (
    <PendingRow
      key={message.clientMessageId}
      message={message}
      me={props.me}
      online={online}
      opens
      quote={null}
      renderFiles={props.renderFiles}
      onRetry={() => chat.retryPost(roomId, message.clientMessageId)}
      onDiscard={() => chat.discardPost(roomId, message.clientMessageId)}
    />
  ))
}

function ReplyHead(props: {
  readonly message: MessageEntry
  readonly address: string
  readonly onJump: () => void
}) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const { message } = props
  return (
    <p className="reply-head">
      <span className="message-sender">
        <PersonNow person={message} />
      </span>
      <a
        className="reply-moment"
        href={props.address}
        title={texts.chat.jumpTo}
        data-testid="reply-jump"
        onClick={props.onJump}
      >
        <time dateTime={message.sentAt}>{formatMoment(new Date(message.sentAt), locale)}</time>
      </a>
    </p>
  )
}

function ReplyText(props: { readonly message: MessageEntry; readonly renderFiles: RenderFiles }) {
  const { message } = props
  const texts = useTexts()
  if (message.deleted !== undefined) {
    return <p className="message-deleted">{texts.chat.messageDeleted}</p>
  }
  return (
    <>
      <StandingText entry={message} />
      {message.files === undefined ? null : props.renderFiles(message.files, message)}
    </>
  )
}

/** Who reads at the end stays there when something is added. */
function useEnd(last: string) {
  const place = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is added moves the end
  useLayoutEffect(() => {
    const scroller = place.current
    if (scroller !== null && atEnd.current) {
      scroller.scrollTop = scroller.scrollHeight
    }
  }, [last])
  const onScroll = () => {
    const scroller = place.current
    if (scroller !== null) {
      const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
      atEnd.current = below < scroller.clientHeight / 4
    }
  }
  return { place, onScroll }
}

/** The focus goes back to the message when the panel closes with it. */
function useReturnedFocus(place: { readonly current: HTMLElement | null }, seq: number): void {
  useLayoutEffect(() => {
    const panel = place.current?.closest('.panel') ?? place.current
    return () => {
      // Before the panel leaves the page: afterwards nobody knows that it had the focus.
      if (panel?.contains(document.activeElement)) {
        const row = document.querySelector<HTMLElement>(`.message[data-seq="${seq}"]`)
        row?.focus({ preventScroll: true })
      }
    }
  }, [place, seq])
}
