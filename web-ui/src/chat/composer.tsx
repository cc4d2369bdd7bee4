import { type ClipboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { showsSomething } from '../wire/names.ts'
import { charactersLeft, MessageField } from './message-field.tsx'
import { pastedFiles } from './pasted-files.ts'

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
  /** `false` if the text was not taken. */
  readonly onSend: (text: string) => boolean
  /** Shares the text as a file; resolves with whether it arrived. `null` where one cannot. */
  readonly onSendAsFile: ((text: string) => Promise<boolean>) | null
  /** Files that were pasted, such as a picture of the screen; `null` where nobody takes them. */
  readonly onFiles: ((files: readonly File[]) => void) | null
  /** Begins to edit one's last message; `false` if there is none, or if one cannot here. */
  readonly onEditLast: () => boolean
  /** Stands before the text: for instance a button to attach files. */
  readonly before: ReactNode
}) {
  const texts = useTexts()
  const { onSendAsFile } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(props.draft)
  const left = charactersLeft(text, props.textCharactersMax)
  const sendable = showsSomething(text) && left >= 0

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
    const files = pastedFiles(event.clipboardData, new Date())
    if (files.length > 0 && props.onFiles !== null) {
      event.preventDefault()
      props.onFiles(files)
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
      hint={texts.chat.composeHint}
      testId={props.testId}
      enterKeyHint="send"
      readOnly={false}
      onSubmit={send}
      onKey={(event) => {
        if (event.key === 'ArrowUp' && text === '' && props.onEditLast()) {
          event.preventDefault()
        } else if (event.key === 'Escape' && props.replyingTo) {
          event.preventDefault()
          event.stopPropagation()
          props.onEndReply?.()
        }
      }}
      onPaste={onPaste}
      above={props.replyingTo}
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
        left < 0 && onSendAsFile !== null ? (
          <SendAsFile
            onSend={async () => {
              if (await onSendAsFile(text)) {
                setText((now) => (now === text ? '' : now))
              }
            }}
          />
        ) : null
      }
    />
  )
}

/** The way out for a text that is too long for a message. */
function SendAsFile({ onSend }: { readonly onSend: () => Promise<void> }) {
  const texts = useTexts()
  const [busy, setBusy] = useState(false)
  return (
    <button
      type="button"
      className="button button-small"
      disabled={busy}
      data-testid="send-as-file"
      onClick={() => {
        setBusy(true)
        void onSend().finally(() => setBusy(false))
      }}
    >
      {texts.chat.sendAsFile}
    </button>
  )
}
