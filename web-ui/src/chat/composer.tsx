import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { showsSomething } from '../wire/names.ts'
import { pastedFiles } from './pasted-files.ts'
import './composer.css'

/** The counter appears when so few code points are left. */
const countdownFrom = 400

/**
 * Where one writes. Enter sends and Shift+Enter starts a line, except while an input method is
 * composing: there Enter chooses a character.
 */
export function Composer(props: {
  readonly roomName: string
  /** What somebody had begun to write here. */
  readonly draft: string
  readonly onDraft: (text: string) => void
  readonly textCharactersMax: number
  /** `false` if the text was not taken. */
  readonly onSend: (text: string) => boolean
  /** Files that were pasted, such as a picture of the screen. */
  readonly onFiles: (files: readonly File[]) => void
  /** Stands before the text: for instance a button to attach files. */
  readonly before: ReactNode
}) {
  const texts = useTexts()
  const hintId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(props.draft)
  const left = props.textCharactersMax - [...text].length
  const shows = showsSomething(text)
  const sendable = shows && left >= 0

  const change = (next: string) => {
    setText(next)
    props.onDraft(next)
  }
  const send = () => {
    if (sendable && props.onSend(text)) {
      change('')
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key === 'Enter' && !event.shiftKey && !composing) {
      event.preventDefault()
      send()
    }
  }

  const onPaste = (event: ClipboardEvent) => {
    const files = pastedFiles(event.clipboardData, new Date())
    if (files.length > 0) {
      event.preventDefault()
      props.onFiles(files)
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current
    if (element !== null) {
      element.style.height = 'auto'
      element.style.height = `${element.scrollHeight}px`
    }
  }, [text])

  useEffect(() => {
    // On a phone this would raise the keyboard over the conversation.
    if (window.matchMedia('(hover: hover)').matches) {
      field.current?.focus()
    }
  }, [])

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="composer-box">
        {props.before}
        <textarea
          ref={field}
          className="composer-text"
          rows={1}
          dir="auto"
          value={text}
          placeholder={texts.chat.compose(props.roomName)}
          aria-label={texts.chat.compose(props.roomName)}
          aria-describedby={hintId}
          aria-invalid={left < 0}
          enterKeyHint="send"
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          data-testid="composer"
        />
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
      </div>
      <p className="composer-hint">
        <span id={hintId}>
          {shows || text.trim() === '' ? texts.chat.composeHint : texts.chat.showsNothing}
        </span>
        {left <= countdownFrom ? (
          <span className={left < 0 ? 'composer-over' : ''} role="status">
            {texts.chat.charactersLeft(left)}
          </span>
        ) : null}
      </p>
    </form>
  )
}
