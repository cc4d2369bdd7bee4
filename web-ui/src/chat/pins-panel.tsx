import { useCallback, useEffect, useRef, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { formatMoment } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { failureText, localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import type { MessageEntry } from '../wire/frames.ts'
import { listPins, setPin } from '../wire/pins.ts'
import type { ChatClient } from './chat-client.ts'
import type { RenderFiles } from './message-row.tsx'
import { MessageText } from './message-text.tsx'
import { PersonNow } from './person.tsx'
import { PinMark } from './pin-row.tsx'
import './pins-panel.css'

/** However often pins change, they are read again after so long at the earliest. */
export const pinsReadMillis = 1_000

/** The pinned messages of a room, the newest pin first; each leads to its place. */
export function PinsPanel(props: {
  readonly chat: ChatClient
  readonly roomId: string
  readonly mayPin: boolean
  readonly renderFiles: RenderFiles
  readonly addressOf: (seq: number) => string
  /** Somebody goes to a message. */
  readonly onJump: () => void
}) {
  const texts = useTexts()
  const { pins, failure, again } = usePins(props.chat, props.roomId)
  const unpin = useTask()
  return (
    <div className="pins" data-testid="pins">
      <ProblemNotice text={failureText(texts, failure ?? unpin.failure)} />
      {failure === null ? null : (
        <button type="button" className="button button-small" onClick={again}>
          {texts.common.retry}
        </button>
      )}
      {pins?.length === 0 ? <NoPins mayPin={props.mayPin} /> : null}
      {pins === null && failure === null ? (
        <p className="empty empty-hint" role="status">
          {texts.common.loading}
        </p>
      ) : null}
      <ul>
        {(pins ?? []).map((message) => (
          <PinnedMessage
            key={message.seq}
            message={message}
            renderFiles={props.renderFiles}
            address={props.addressOf(message.seq)}
            onJump={props.onJump}
            onUnpin={
              props.mayPin
                ? () => void unpin.run(() => setPin(props.roomId, message.seq, false))
                : null
            }
          />
        ))}
      </ul>
    </div>
  )
}

/** The pins, read again whenever the log says that they, or what they say, may be others. */
function usePins(chat: ChatClient, roomId: string) {
  const changedAt = useStore(chat.store, (state) => state.logs.get(roomId)?.pinsChangedAt ?? 0)
  const [pins, setPins] = useState<readonly MessageEntry[] | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [asked, setAsked] = useState(0)
  const readAt = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change asks again, and so does somebody
  useEffect(() => {
    let wanted = true
    const read = async () => {
      readAt.current = Date.now()
      try {
        const list = await listPins(roomId)
        if (wanted) {
          setPins(list)
          setFailure(null)
        }
      } catch (error) {
        if (wanted) {
          setFailure(error)
        }
      }
    }
    const wait = Math.max(0, readAt.current + pinsReadMillis - Date.now())
    const timer = setTimeout(() => void read(), wait)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [roomId, changedAt, asked])
  const again = useCallback(() => setAsked((before) => before + 1), [])
  return { pins, failure, again }
}

function NoPins({ mayPin }: { readonly mayPin: boolean }) {
  const texts = useTexts()
  return (
    <div className="empty" data-testid="no-pins">
      <span className="empty-mark">
        <Icon name="pin" />
      </span>
      <p className="empty-title">{texts.chat.noPins}</p>
      {mayPin ? <p className="empty-hint">{texts.chat.noPinsHint}</p> : null}
    </div>
  )
}

function PinnedMessage(props: {
  readonly message: MessageEntry
  readonly renderFiles: RenderFiles
  readonly address: string
  readonly onJump: () => void
  /** `null` for those who may not. */
  readonly onUnpin: (() => void) | null
}) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const { message } = props
  return (
    <li className="pin" data-testid="pin" data-seq={message.seq}>
      <p className="pin-head">
        <span className="message-sender">
          <PersonNow person={message} />
        </span>
        <time className="moment" dateTime={message.sentAt}>
          {formatMoment(new Date(message.sentAt), locale)}
        </time>
      </p>
      <div className="pin-text">
        {message.text === '' ? null : (
          <MessageText text={message.text} mentions={message.mentions} author={message.personId} />
        )}
        {message.files === undefined ? null : props.renderFiles(message.files, message)}
      </div>
      {message.pinned === undefined ? null : <PinMark pin={message.pinned} />}
      <div className="pin-tools">
        <a
          className="button button-small"
          href={props.address}
          data-testid="pin-jump"
          onClick={props.onJump}
        >
          {texts.chat.jumpTo}
        </a>
        {props.onUnpin === null ? null : (
          <button
            type="button"
            className="button button-icon button-small"
            aria-label={texts.chat.unpin}
            title={texts.chat.unpin}
            data-testid="pin-end"
            onClick={props.onUnpin}
          >
            <Icon name="unpin" />
          </button>
        )}
      </div>
    </li>
  )
}
