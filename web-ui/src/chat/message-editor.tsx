import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { failureText, useTexts } from '../ui/language.ts'
import { useTask } from '../ui/use-task.ts'
import type { MessageEntry } from '../wire/frames.ts'
import { showsSomething } from '../wire/names.ts'
import { type Drafts, editDraft, keepEditDraft } from './edit-drafts.ts'
import { versionOf } from './entry-changes.ts'
import type { Saved } from './message-changes.ts'
import { charactersLeft, MessageField } from './message-field.tsx'
import { MessageText } from './message-text.tsx'
import './message-editor.css'

/**
 * A message of one's own while one edits it, in its place. What is typed is kept until it is saved
 * or discarded, also if the line breaks, the page is loaded again, or Escape closes the editor.
 */
export function MessageEditor(props: {
  readonly entry: MessageEntry
  readonly roomId: string
  readonly drafts: Drafts
  readonly textCharactersMax: number
  /** Rejects with a problem. */
  readonly onSave: (version: number, text: string) => Promise<Saved>
  /** Nothing is left of the text: asks whether the message should go. */
  readonly onEmptied: () => void
  readonly onEnd: (how: 'saved' | 'cancelled') => void
}) {
  const texts = useTexts()
  const { entry, roomId, drafts } = props
  const place = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [begun] = useState(() => editDraft(drafts, roomId, entry.seq))
  const [restored, setRestored] = useState(begun !== null)
  const [text, setText] = useState(begun?.text ?? entry.text)
  const [version, setVersion] = useState(begun?.version ?? versionOf(entry))
  const task = useTask()
  const conflict = versionOf(entry) > version && text !== entry.text
  const tooLong = charactersLeft(text, props.textCharactersMax) < 0

  useEditorFocus(place, field)

  const change = (next: string) => {
    setText(next)
    keepEditDraft(drafts, roomId, entry.seq, next === entry.text ? null : { version, text: next })
  }
  const end = (how: 'saved' | 'cancelled') => {
    keepEditDraft(drafts, roomId, entry.seq, null)
    props.onEnd(how)
  }
  const saveOver = async (known: number) => {
    setVersion(known)
    const saved = await task.run(async () => {
      if ((await props.onSave(known, text)) === 'saved') {
        end('saved')
      }
    })
    if (!saved) {
      field.current?.focus()
    }
  }
  const submit = () => {
    const mayBeEmpty = entry.files !== undefined && text.trim() === ''
    if (!(showsSomething(text) || mayBeEmpty)) {
      props.onEmptied()
    } else if (text === entry.text) {
      end('cancelled')
    } else if (!conflict && !tooLong) {
      void saveOver(version)
    }
  }
  const startOver = () => {
    setRestored(false)
    setVersion(versionOf(entry))
    change(entry.text)
    field.current?.focus()
  }
  const failure = failureText(texts, task.failure)
  return (
    <div ref={place} className="message-editor">
      {conflict ? (
        <Conflict
          now={entry.text}
          busy={task.busy || tooLong}
          onMine={() => void saveOver(versionOf(entry))}
          onTheirs={() => end('cancelled')}
        />
      ) : restored ? (
        <p className="message-editor-note" role="status">
          {texts.chat.editRestored}
          <button type="button" className="button button-small" onClick={startOver}>
            {texts.chat.editStartOver}
          </button>
        </p>
      ) : null}
      <MessageField
        field={field}
        text={text}
        onText={change}
        textCharactersMax={props.textCharactersMax}
        label={texts.chat.editMessage}
        placeholder={texts.chat.editMessage}
        hint={conflict ? '' : texts.chat.editHint}
        testId="editor"
        enterKeyHint="done"
        readOnly={task.busy}
        onSubmit={submit}
        onKey={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault()
            event.stopPropagation()
            props.onEnd('cancelled')
          }
        }}
        onPaste={() => undefined}
        before={null}
        after={null}
        below={
          <>
            <button
              type="button"
              className="button button-small button-quiet"
              onClick={() => props.onEnd('cancelled')}
            >
              {texts.common.cancel}
            </button>
            {conflict ? null : (
              <button
                type="submit"
                className="button button-small button-main"
                disabled={task.busy || tooLong}
              >
                {failure === null ? texts.common.save : texts.common.retry}
              </button>
            )}
          </>
        }
      />
      {failure === null ? null : (
        <p className="message-editor-failure" role="alert">
          {texts.chat.notSaved}: {failure}
        </p>
      )}
    </div>
  )
}

/** The message was changed on another page: what it says now, and the choice. */
function Conflict(props: {
  readonly now: string
  readonly busy: boolean
  readonly onMine: () => void
  readonly onTheirs: () => void
}) {
  const texts = useTexts()
  return (
    <div className="message-editor-conflict" data-testid="edit-conflict">
      <p role="alert">{texts.chat.changedElsewhere}</p>
      <div className="message-editor-now">
        <MessageText text={props.now} />
      </div>
      <div className="message-editor-choice">
        <button
          type="button"
          className="button button-small button-main"
          disabled={props.busy}
          onClick={props.onMine}
        >
          {texts.chat.saveMine}
        </button>
        <button type="button" className="button button-small" onClick={props.onTheirs}>
          {texts.chat.keepTheirs}
        </button>
      </div>
    </div>
  )
}

/** The focus comes into the field, and goes back: to where it was, or to the message. */
function useEditorFocus(
  place: { readonly current: HTMLElement | null },
  field: { readonly current: HTMLTextAreaElement | null },
): void {
  useLayoutEffect(() => {
    const focused = document.activeElement
    const before = focused instanceof HTMLElement && focused !== document.body ? focused : null
    const editor = place.current
    const row = editor?.closest<HTMLElement>('[data-seq]')
    const text = field.current
    text?.focus()
    text?.setSelectionRange(text.value.length, text.value.length)
    return () => {
      // Before the editor leaves the page: afterwards nobody knows that it had the focus.
      if (editor?.contains(document.activeElement)) {
        const back = before?.isConnected ? before : row
        back?.focus({ preventScroll: true })
      }
    }
  }, [place, field])
  useEffect(() => {
    // Some browsers answer with a promise, which is no clean-up.
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [place])
}
