import { useEffect } from 'react'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { visibleName } from '../ui/shown-name.tsx'
import { isPicture } from '../wire/files.ts'
import type { MessageEntry } from '../wire/frames.ts'
import { PersonNow } from './person.tsx'
import { quotedLine } from './quoted-line.ts'
import './replies.css'

/** The message that another one answers, in one line that leads to it. */
export function ReplyQuote(props: {
  readonly seq: number
  /** `null` if it is not here. */
  readonly message: MessageEntry | null
  readonly address: string
  readonly onMissing: (seq: number) => void
}) {
  const texts = useTexts()
  useMissing(props)
  return (
    <a className="reply-quote" href={props.address} data-testid="quote">
      <Icon name="reply" />
      <span className="sr-only">{texts.chat.inReplyTo} </span>
      <QuotedMessage message={props.message} />
    </a>
  )
}

/** How many messages answer one; it shows them. Nothing if none does. */
export function RepliesButton(props: {
  readonly count: number | undefined
  readonly onOpen: () => void
}) {
  const texts = useTexts()
  return props.count === undefined ? null : (
    <button type="button" className="reply-count" data-testid="replies" onClick={props.onOpen}>
      <Icon name="reply" />
      {texts.chat.replies(props.count)}
    </button>
  )
}

/** Says above the field whom the next message answers, and ends that. */
export function ReplyingTo(props: {
  readonly seq: number
  /** `null` if it is not here. */
  readonly message: MessageEntry | null
  readonly onMissing: (seq: number) => void
  readonly onEnd: () => void
}) {
  const texts = useTexts()
  useMissing(props)
  return (
    <div className="replying-to" data-testid="replying-to">
      <Icon name="reply" />
      <p className="replying-to-whom" role="status">
        <span className="replying-to-label">{texts.chat.replyingTo} </span>
        <QuotedMessage message={props.message} />
      </p>
      <button
        type="button"
        className="button button-icon button-small"
        aria-label={texts.chat.endReply}
        title={texts.chat.endReply}
        data-testid="end-reply"
        onClick={props.onEnd}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}

function QuotedMessage({ message }: { readonly message: MessageEntry | null }) {
  const texts = useTexts()
  if (message === null) {
    return <span className="quoted-text">{texts.chat.aMessage}</span>
  }
  return (
    <>
      <span className="quoted-name" dir="auto">
        <PersonNow person={message} handle={false} />
      </span>{' '}
      <span className="quoted-text" dir="auto">
        {message.deleted === undefined ? quoted(message, texts) : texts.chat.messageDeleted}
      </span>
    </>
  )
}

/** A message without a text is quoted by its files. */
export function quoted({ text, files = [] }: MessageEntry, texts: Catalogue): string {
  const line = quotedLine(text, texts.chat.hiddenText)
  const [first] = files
  if (line !== '' || first === undefined) {
    return line
  }
  return files.every(({ mediaType }) => isPicture(mediaType))
    ? texts.files.pictures(files.length)
    : visibleName(first.name)
}

function useMissing(props: {
  readonly seq: number
  readonly message: MessageEntry | null
  readonly onMissing: (seq: number) => void
}): void {
  const { seq, onMissing } = props
  const isMissing = props.message === null
  useEffect(() => {
    if (isMissing) {
      onMissing(seq)
    }
  }, [seq, isMissing, onMissing])
}
