import {
  type ChangeEvent,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useState,
} from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { recall, remember } from '../ui/remembered.ts'
import { showsSomething } from '../wire/names.ts'
import { CompletionList, optionId } from './completion-list.tsx'
import { formatted, type Mark } from './formatting.ts'
import { MessageText } from './message-text.tsx'
import { readCompleters, useCompletion } from './use-completion.ts'
import './composer.css'

const FormattingBar = later(
  async () => (await import('./formatting-bar.tsx')).FormattingBar,
  'says-nothing',
)

/** The counter appears when so few code points are left. */
const countdownFrom = 400

const markKeys: { readonly [key: string]: Mark } = { b: 'bold', i: 'italic', e: 'code' }

/** Code points that may still be written; fewer than none if the text is too long. */
export function charactersLeft(text: string, textCharactersMax: number): number {
  return textCharactersMax - [...text].length
}

/**
 * A field for the text of a message, with what helps to write it. Enter submits and Shift+Enter
 * starts a line. While an input method is composing, every key is its own: there Enter chooses a
 * character.
 */
export function MessageField(props: {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly text: string
  readonly onText: (text: string) => void
  readonly textCharactersMax: number
  readonly label: string
  readonly placeholder: string
  /** What the keys do. */
  readonly hint: string
  readonly testId: string
  readonly enterKeyHint: 'send' | 'done'
  readonly readOnly: boolean
  readonly onSubmit: () => void
  /** A key that is not taken by what helps to write. */
  readonly onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  readonly onPaste: (event: ClipboardEvent) => void
  /** Stands above the text. */
  readonly above?: ReactNode
  /** Stands before the text. */
  readonly before: ReactNode
  /** Stands behind the text. */
  readonly after: ReactNode
  /** Stands behind the hint. */
  readonly below: ReactNode
}) {
  const texts = useTexts()
  const hintId = useId()
  const listId = useId()
  const { field, text, onText } = props
  const [formats, toggleFormats] = useRemembered('composer-formatting')
  const [previews, togglePreviews] = useRemembered('composer-preview')
  const left = charactersLeft(text, props.textCharactersMax)
  const shows = showsSomething(text)

  const completion = useCompletion(({ from, to, by }) =>
    replaceIn(field.current, from, to, by, onText),
  )
  const submit = () => {
    completion.close()
    props.onSubmit()
  }
  const mark = (wanted: Mark) => {
    const element = field.current
    if (element !== null) {
      const { selectionStart: from, selectionEnd: to } = element
      const result = formatted({ text: element.value, from, to }, wanted)
      replaceIn(element, 0, element.value.length, result.text, onText)
      element.setSelectionRange(result.from, result.to)
    }
  }
  /** Takes a key that helps to write. */
  const takesKey = (event: KeyboardEvent): boolean => {
    if (isPlain(event) && completion.takesKey(event.key)) {
      event.stopPropagation()
      return true
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      submit()
      return true
    }
    const wanted = isCommand(event) ? markKeys[event.key.toLowerCase()] : undefined
    if (wanted !== undefined) {
      mark(wanted)
    }
    return wanted !== undefined
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return
    }
    if (takesKey(event)) {
      event.preventDefault()
    } else if (isPlain(event)) {
      props.onKey(event)
    }
  }
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const { value, selectionEnd } = event.target
    onText(value)
    if (event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing) {
      completion.close()
    } else {
      completion.typed(value, selectionEnd)
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

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <CompletionList id={listId} completion={completion} />
      <div className="composer-box">
        {props.above}
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
            readOnly={props.readOnly}
            placeholder={props.placeholder}
            aria-label={props.label}
            aria-describedby={hintId}
            aria-invalid={left < 0}
            aria-autocomplete="list"
            aria-controls={completion.offered.length > 0 ? listId : undefined}
            aria-activedescendant={
              completion.offered.length > 0 ? optionId(listId, completion.at) : undefined
            }
            enterKeyHint={props.enterKeyHint}
            onChange={onChange}
            onKeyDown={onKeyDown}
            onCompositionEnd={({ currentTarget }) =>
              completion.typed(currentTarget.value, currentTarget.selectionEnd)
            }
            onFocus={() => void readCompleters()}
            onBlur={completion.close}
            onPaste={props.onPaste}
            data-testid={props.testId}
          />
          {props.after}
        </div>
      </div>
      <div className="composer-hint">
        <span id={hintId}>
          {shows || text.trim() === '' ? props.hint : texts.chat.showsNothing}
        </span>
        {left <= countdownFrom ? (
          <span className={left < 0 ? 'composer-over' : ''} role="status">
            {texts.chat.charactersLeft(left)}
          </span>
        ) : null}
        {props.below}
      </div>
    </form>
  )
}

function isPlain(event: KeyboardEvent): boolean {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
}

/** With Ctrl, or what stands for it on a Mac, and nothing else. */
function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
}

/** Replaces a piece of the text so that the browser can undo it; the caret stands behind it. */
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
