import { type ClipboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useTask } from '../ui/use-task.ts'
import { showsSomething } from '../wire/names.ts'
import { charactersLeft, MessageField } from './message-field.tsx'
import { pastedFiles } from './pasted-files.ts'

/** The files of the message that one writes. */
export interface ComposerFiles {
  readonly hasAny: boolean
  /** The message goes as soon as they are stored; until then it stays as it is. */
  readonly waits: boolean
  /** How often the text was taken out of the field: it was sent, perhaps late, or became a file. */
  readonly taken: number
  /** Shows them. */
  readonly shown: ReactNode
  readonly onAdd: (files: readonly File[]) => void
  readonly onStopWaiting: () => void
}

/**
 * Where one writes a new message. Text belongs to its room: what was begun comes back with it.
 */
export function Composer(props: {
  /** Says what is written here. */
  readonly label: string
  readonly testId: string
  /** Says what the message answers; `null` for nothing. */
  readonly replyingTo?: ReactNode
  /** The message is to answer nothing. */
  readonly onEndReply?: () => void
  /** What somebody had begun to write here. */
  readonly draft: string
  readonly onDraft: (text: string) => void
  readonly textCharactersMax: number
  /** `false` if the message was not taken, or waits for its files. */
  readonly onSend: (text: string) => boolean
  /** Sends the text as a file; rejects with a problem. `null` where one cannot. */
  readonly onSendAsFile: ((text: string) => Promise<void>) | null
  /** `null` where nobody takes files. */
  readonly files: ComposerFiles | null
  /** Begins to edit one's last message; `false` if there is none, or if one cannot here. */
  readonly onEditLast: () => boolean
  /** Stands before the text: for instance a button to attach files. */
  readonly before: ReactNode
}) {
  const texts = useTexts()
  const { onSendAsFile, files } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(props.draft)
  const [taken, setTaken] = useState(files?.taken)
  const left = charactersLeft(text, props.textCharactersMax)
  const waits = files?.waits === true
  const hasContent = showsSomething(text) || (files?.hasAny === true && text.trim() === '')
  const sendable = hasContent && left >= 0 && !waits

  if (taken !== files?.taken) {
    setTaken(files?.taken)
    setText('')
  }

  const change = (next: string) => {
    setText(next)
    props.onDraft(next)
  }
  const send = () => {
    if (sendable && props.onSend(text)) {
      change('')
    }
  }

  const onPaste = (event: ClipboardEvent) => {
    const pasted = pastedFiles(event.clipboardData)
    if (pasted.length > 0 && files !== null) {
      event.preventDefault()
      files.onAdd(pasted)
    }
  }

  useEffect(() => {
    // On a phone this would raise the keyboard over the conversation.
    if (window.matchMedia('(hover: hover)').matches) {
      field.current?.focus()
    }
  }, [])

  return (
    <MessageField
      field={field}
      text={text}
      onText={change}
      textCharactersMax={props.textCharactersMax}
      label={props.label}
      placeholder={props.label}
      hint={waits ? '' : texts.chat.composeHint}
      testId={props.testId}
      enterKeyHint="send"
      readOnly={waits}
      onSubmit={send}
      onKey={(event) => {
        if (event.key === 'ArrowUp' && text === '' && !waits && props.onEditLast()) {
          event.preventDefault()
        } else if (event.key === 'Escape' && waits) {
          event.preventDefault()
          event.stopPropagation()
          files?.onStopWaiting()
        } else if (event.key === 'Escape' && props.replyingTo) {
          event.preventDefault()
          event.stopPropagation()
          props.onEndReply?.()
        }
      }}
      onPaste={onPaste}
      above={
        <>
          {props.replyingTo}
          {files?.shown}
        </>
      }
      before={props.before}
      after={
        <button
          type="submit"
          className="button button-icon button-main"
          disabled={!sendable}
          aria-label={texts.chat.send}
          title={texts.chat.send}
          data-testid="send"
        >
          <Icon name="send" />
        </button>
      }
      below={
        waits ? (
          <>
            <span role="status">{texts.chat.waitsForFiles}</span>
            <button
              type="button"
              className="button button-small"
              data-testid="stop-waiting"
              onClick={() => {
                files.onStopWaiting()
                field.current?.focus()
              }}
            >
              {texts.chat.stopWaiting}
            </button>
          </>
        ) : left < 0 && onSendAsFile !== null ? (
          <SendAsFile onSend={() => onSendAsFile(text)} />
        ) : null
      }
    />
  )
}

/** The way out for a text that is too long for a message. */
function SendAsFile({ onSend }: { readonly onSend: () => Promise<void> }) {
  const texts = useTexts()
  const task = useTask()
  const failure = failureText(texts, task.failure)
  return (
    <>
      {failure === null ? null : (
        <span className="composer-over" role="alert">
          {failure}
        </span>
      )}
      <button
        type="button"
        className="button button-small"
        disabled={task.busy}
        data-testid="send-as-file"
        onClick={() => void task.run(onSend)}
      >
        {texts.chat.sendAsFile}
      </button>
    </>
  )
}
