import { memo, type ReactNode } from 'react'
import { dayKey, formatDay } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, problemText, useLanguage, useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { useToday } from '../ui/today.ts'
import type { Deletion, FileEntry, FileRef, MessageEntry, PersonRef } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import { MembershipRow } from './membership-row.tsx'
import { mentionsMe } from './mentions.ts'
import type { MessageActs } from './message-actions.tsx'
import type { Row } from './message-rows.ts'
import { MessageText } from './message-text.tsx'
import { EditedMark, Moment } from './moment.tsx'
import { PersonAvatar, PersonButton, PersonNow, StatusSign, useNow } from './person.tsx'
import { PinMark, PinRow } from './pin-row.tsx'
import { ReactionChips } from './reaction-chips.tsx'
import { RepliesButton, ReplyQuote } from './reply-quote.tsx'
import type { PendingMessage } from './room-log.ts'

const MessageActionBar = later(
  async () => (await import('./message-actions.tsx')).MessageActionBar,
  'says-nothing',
)

/** Shows files that somebody said something with, or nothing. */
export type RenderFiles = (
  files: readonly FileRef[],
  said: PersonRef & { readonly sentAt: string },
) => ReactNode

export const ConversationRow = memo(function ConversationRow(props: {
  readonly row: Row
  readonly renderFiles: RenderFiles
  readonly acts: MessageActs
  /** What the message answers; `null` if that is not here. */
  readonly quoted: MessageEntry | null
  /** Takes the place of the message while somebody edits it. */
  readonly editor: ReactNode
  /** It shows what can be done with it. */
  readonly active: boolean
  /** The Tab key stops here. */
  readonly stop: boolean
  /** The address names it. */
  readonly linked: boolean
}) {
  const { row } = props
  switch (row.row) {
    case 'day':
      return <DayRow at={row.at} />
    case 'unread':
      return <UnreadRow />
    case 'memberships':
      return <MembershipRow entries={row.entries} />
    case 'pins':
      return <PinRow entries={row.entries} addressOf={props.acts.addressOf} />
    case 'site':
      return <SiteRow row={row} />
    case 'other':
      return <OtherRow row={row} />
    case 'said':
      return <SaidRow {...props} row={row} />
  }
})

function DayRow({ at }: { readonly at: Date }) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  useToday()
  const now = new Date()
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  const day =
    dayKey(at) === dayKey(now)
      ? texts.chat.today
      : dayKey(at) === dayKey(yesterday)
        ? texts.chat.yesterday
        : formatDay(at, locale)
  return (
    <li className="row-rule">
      <span className="row-rule-text">{day}</span>
    </li>
  )
}

function UnreadRow() {
  const texts = useTexts()
  return (
    <li className="row-rule row-rule-unread" data-testid="unread-line">
      {/* biome-ignore lint/a11y/useSemanticElements: a rule has no text */}
      <span className="row-rule-text" role="separator" aria-label={texts.chat.unreadFromHere}>
        {texts.chat.unreadFromHere}
      </span>
    </li>
  )
}

function SiteRow({ row }: { readonly row: Extract<Row, { row: 'site' }> }) {
  const texts = useTexts()
  const { entry } = row
  return (
    <li className="row-note" data-seq={entry.seq} data-testid="site-entry">
      <span>
        {entry.site.published ? texts.chat.sitePublished(entry.name) : texts.chat.siteEnded}{' '}
        <a href={entry.site.url} target="_blank" rel="noopener noreferrer">
          {entry.site.url}
        </a>
      </span>
      <Moment sentAt={entry.sentAt} />
    </li>
  )
}

function OtherRow({ row }: { readonly row: Extract<Row, { row: 'other' }> }) {
  const texts = useTexts()
  const { entry } = row
  return (
    <li className="row-note" data-seq={entry.seq} data-testid="other">
      <span>{texts.chat.unknownEntry(entry.name)}</span>
      <Moment sentAt={entry.sentAt} />
    </li>
  )
}

function SaidRow(props: {
  readonly row: Extract<Row, { row: 'said' }>
  readonly renderFiles: RenderFiles
  readonly acts: MessageActs
  readonly quoted: MessageEntry | null
  readonly editor: ReactNode
  readonly active: boolean
  readonly stop: boolean
  readonly linked: boolean
}) {
  const { entry, opens } = props.row
  const text = entry.kind === 'message' ? entry : null
  const shape = [
    'message',
    ...(opens ? ['message-opens'] : []),
    ...(mentionsMe(entry, props.acts.rights.me) ? ['message-mentions-me'] : []),
    ...(props.linked ? ['message-linked'] : []),
  ].join(' ')
  return (
    <li
      className={shape}
      tabIndex={props.stop ? 0 : -1}
      aria-current={props.linked ? 'location' : undefined}
      // Only what is said anew is read out: not what others do with what they said.
      aria-live={props.editor || text?.editedAt || text?.deleted ? 'off' : undefined}
      data-testid="message"
      data-seq={entry.seq}
      data-said-by={shownName(entry)}
    >
      <MessageHead person={entry} sentAt={entry.sentAt} opens={opens} active={props.active} />
      <div className="message-body">
        {text?.pinned === undefined ? null : <PinMark pin={text.pinned} />}
        <Quote replyTo={text?.replyTo} quoted={props.quoted} acts={props.acts} />
        {text === null ? null : (props.editor ?? <MessageContent entry={text} />)}
        <SaidFiles entry={entry} renderFiles={props.renderFiles} />
        {text === null || text.deleted !== undefined ? null : (
          <ReactionChips entry={text} acts={props.acts.marks} active={props.active} />
        )}
        <RepliesButton count={text?.replies} onOpen={() => props.acts.replies.onOpen(entry.seq)} />
      </div>
      {props.active && props.editor === null ? (
        <MessageActionBar subject={{ entry, acts: props.acts }} />
      ) : null}
    </li>
  )
}

/** The files of a message, or a file that stands for itself. */
function SaidFiles(props: {
  readonly entry: MessageEntry | FileEntry
  readonly renderFiles: RenderFiles
}) {
  const { entry } = props
  const files = entry.kind === 'file' ? [entry.file] : (entry.files ?? [])
  return files.length === 0 ? null : props.renderFiles(files, entry)
}

/** What the message answers, if it does. */
function Quote(props: {
  readonly replyTo: number | undefined
  readonly quoted: MessageEntry | null
  readonly acts: MessageActs
}) {
  const { replyTo, quoted, acts } = props
  return replyTo === undefined ? null : (
    <ReplyQuote
      seq={replyTo}
      message={quoted}
      address={acts.addressOf(replyTo)}
      onMissing={acts.replies.onMissing}
    />
  )
}

function MessageContent({ entry }: { readonly entry: MessageEntry }) {
  if (entry.deleted !== undefined) {
    return <DeletedText author={entry.personId} deletion={entry.deleted} />
  }
  return <StandingText entry={entry} />
}

/** The text of a message that stands; nothing if it has only files. */
export function StandingText({ entry }: { readonly entry: MessageEntry }) {
  if (entry.text === '' && entry.editedAt === undefined) {
    return null
  }
  const text = <MessageText text={entry.text} mentions={entry.mentions} author={entry.personId} />
  return entry.editedAt === undefined ? (
    text
  ) : (
    <div className="message-edited">
      {entry.text === '' ? null : text}
      <EditedMark editedAt={entry.editedAt} />
    </div>
  )
}

/** Says that something stood here; by whom it went is said if the author did not do it. */
function DeletedText(props: { readonly author: string; readonly deletion: Deletion }) {
  const texts = useTexts()
  const { author, deletion } = props
  return (
    <p className="message-deleted" data-testid="deleted">
      {deletion.personId === author
        ? texts.chat.messageDeleted
        : texts.chat.messageDeletedBy(shownName(deletion))}
    </p>
  )
}

/** A message of ours that is not in the log yet. */
export function PendingRow(props: {
  readonly message: PendingMessage
  readonly me: PersonRef
  readonly opens: boolean
  readonly online: boolean
  /** Says what the message answers. */
  readonly quote: ReactNode
  readonly renderFiles: RenderFiles
  readonly onRetry: () => void
  readonly onDiscard: () => void
}) {
  const texts = useTexts()
  const { message } = props
  return (
    <li
      className={`message message-${message.state}${props.opens ? ' message-opens' : ''}`}
      data-testid="message"
      data-state={message.state}
      data-said-by={shownName(props.me)}
    >
      <MessageHead
        person={props.me}
        sentAt={message.writtenAt}
        opens={props.opens}
        active={false}
      />
      <div className="message-body">
        {props.quote}
        {message.text === '' ? null : <MessageText text={message.text} />}
        {message.files === undefined
          ? null
          : props.renderFiles(message.files, { ...props.me, sentAt: message.writtenAt })}
        {message.state === 'failed' ? (
          <div className="message-failure" role="alert">
            <Icon name="warning" />
            <span>
              {texts.chat.notSent}: {problemText(texts, message.problem ?? '')}
            </span>
            <button type="button" className="button button-small" onClick={props.onRetry}>
              {texts.common.retry}
            </button>
            <button
              type="button"
              className="button button-small button-quiet"
              onClick={props.onDiscard}
            >
              {texts.chat.discard}
            </button>
          </div>
        ) : (
          <span className="message-state">
            {message.state === 'sent'
              ? texts.chat.sent
              : props.online
                ? texts.chat.sending
                : message.kept
                  ? texts.chat.waiting
                  : texts.chat.waitingHere}
          </span>
        )}
      </div>
    </li>
  )
}

function MessageHead(props: {
  readonly person: PersonRef
  readonly sentAt: string
  readonly opens: boolean
  readonly active: boolean
}) {
  const { person } = props
  return props.opens ? (
    <>
      <span className="message-gutter" aria-hidden="true">
        <PersonButton person={person} className="message-face" tabIndex={-1}>
          <PersonAvatar person={person} />
        </PersonButton>
      </span>
      <div className="message-head">
        <PersonButton person={person} className="message-sender" tabIndex={props.active ? 0 : -1}>
          <PersonNow person={person} />
        </PersonButton>
        <StatusSign personId={person.personId} />
        <Moment sentAt={props.sentAt} />
      </div>
    </>
  ) : (
    <span className="message-gutter">
      <SaidBy person={person} />
      <Moment sentAt={props.sentAt} />
    </span>
  )
}

function SaidBy({ person }: { readonly person: PersonRef }) {
  return <span className="sr-only">{shownName(useNow()(person))}</span>
}
