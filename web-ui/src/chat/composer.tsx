import {
  type ChangeEvent,
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
import { recall, remember } from '../ui/remembered.ts'
import { showsSomething } from '../wire/names.ts'
import { EmojiList, optionId } from './emoji-list.tsx'
import { formatted, type Mark } from './formatting.ts'
import { FormattingBar } from './formatting-bar.tsx'
import { MessageText } from './message-text.tsx'
import { pastedFiles } from './pasted-files.ts'
import { useEmojiCompletion } from './use-emoji-completion.ts'
import './composer.css'

/** The counter appears when so few code points are left. */
const countdownFrom = 400

const markKeys: { readonly [key: string]: Mark } = { b: 'bold', i: 'italic', e: 'code' }

/**
 * Where one writes. Enter sends and Shift+Enter starts a line. While an input method is composing,
 * every key is its own: there Enter chooses a character. Text belongs to its room: what was begun
 * comes back with it.
 */
export function Composer(props: {
  readonly roomName: string
  /** What somebody had begun to write here. */
  readonly draft: string
  readonly onDraft: (text: string) => void
  readonly textCharactersMax: number
  /** `false` if the text was not taken. */
  readonly onSend: (text: string) => boolean
  /** Shares the text as a file; resolves with whether it arrived. */
  readonly onSendAsFile: (text: string) => Promise<boolean>
  /** Files that were pasted, such as a picture of the screen. */
  readonly onFiles: (files: readonly File[]) => void
  /** Stands before the text: for instance a button to attach files. */
  readonly before: ReactNode
}) {
  const texts = useTexts()
  const hintId = useId()
  const emojiId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(props.draft)
  const [formats, toggleFormats] = useRemembered('composer-formatting')
  const [previews, togglePreviews] = useRemembered('composer-preview')
  const left = props.textCharactersMax - [...text].length
  const shows = showsSomething(text)
  const sendable = shows && left >= 0

  const change = (next: string) => {
    setText(next)
    props.onDraft(next)
  }
  const emoji = useEmojiCompletion(({ from, to, by }) =>
    replaceIn(field.current, from, to, by, change),
  )
  const send = () => {
    if (sendable && props.onSend(text)) {
      change('')
      emoji.close()
    }
  }
  const mark = (wanted: Mark) => {
    const element = field.current
    if (element !== null) {
      const { selectionStart: from, selectionEnd: to } = element
      const result = formatted({ text: element.value, from, to }, wanted)
      replaceIn(element, 0, element.value.length, result.text, change)
      element.setSelectionRange(result.from, result.to)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return
    }
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
    const wanted = markKeys[event.key.toLowerCase()]
    if (plain && emoji.takesKey(event.key)) {
      event.preventDefault()
      event.stopPropagation()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    } else if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && wanted) {
      event.preventDefault()
      mark(wanted)
    }
  }
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const { value, selectionEnd } = event.target
    change(value)
    if (event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing) {
      emoji.close()
    } else {
      emoji.typed(value, selectionEnd)
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
      <EmojiList id={emojiId} completion={emoji} />
      <div className="composer-box">
        {formats ? (
          <FormattingBar onMark={mark} previews={previews} onPreview={togglePreviews} />
        ) : null}
        {formats && previews && shows ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
          <section className="composer-preview" aria-label={texts.chat.preview} tabIndex={0}>
            <MessageText text={text} />
          </section>
        ) : null}
        <div className="composer-line">
          {props.before}
          <button
            type="button"
            className="button button-icon"
            aria-label={texts.chat.formatting}
            title={texts.chat.formatting}
            aria-pressed={formats}
            data-testid="formatting-toggle"
            onPointerDown={(event) => event.preventDefault()}
            onClick={toggleFormats}
          >
            <Icon name="letters" />
          </button>
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
            aria-autocomplete="list"
            aria-controls={emoji.offered.length > 0 ? emojiId : undefined}
            aria-activedescendant={
              emoji.offered.length > 0 ? optionId(emojiId, emoji.at) : undefined
            }
            enterKeyHint="send"
            onChange={onChange}
            onKeyDown={onKeyDown}
            onBlur={emoji.close}
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
      </div>
      <div className="composer-hint">
        <span id={hintId}>
          {shows || text.trim() === '' ? texts.chat.composeHint : texts.chat.showsNothing}
        </span>
        {left <= countdownFrom ? (
          <span className={left < 0 ? 'composer-over' : ''} role="status">
            {texts.chat.charactersLeft(left)}
          </span>
        ) : null}
        {left < 0 ? (
          <SendAsFile
            onSend={async () => {
              if (await props.onSendAsFile(text)) {
                setText((now) => (now === text ? '' : now))
              }
            }}
          />
        ) : null}
      </div>
    </form>
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

/** Replaces a piece of what is written so that the browser can undo it; the caret stands behind it. */
function replaceIn(
  field: HTMLTextAreaElement | null,
  from: number,
  to: number,
  by: string,
  change: (text: string) => void,
): void {
  if (field === null) {
    return
  }
  field.focus()
  field.setSelectionRange(from, to)
  // The browser says "input" of what it did, and React hears that. Where it does nothing, we do.
  if (!document.execCommand?.('insertText', false, by)) {
    field.setRangeText(by, from, to, 'end')
    change(field.value)
  }
}

function useRemembered(key: string): readonly [boolean, () => void] {
  const [on, setOn] = useState(() => recall(key) === 'on')
  const toggle = () => {
    setOn(!on)
    remember(key, on ? 'off' : 'on')
  }
  return [on, toggle]
}
