import { useId, useState } from 'react'
import { createPortal } from 'react-dom'
import { EmojiPicker } from '../chat/emoji-picker.tsx'
import { rememberEmoji } from '../chat/recent-emoji.ts'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { type Box, Popover } from '../ui/popover.tsx'
import type { Status } from '../wire/frames.ts'
import { type ClearAfter, endOf } from './clear-after.ts'

/** Code points of the text of a status. */
export const statusCharactersMax = 100

/** A status that somebody writes. */
export interface StatusDraft {
  readonly emoji: string | undefined
  readonly text: string
  readonly clear: ClearAfter
}

export function draftOf(status: Status | undefined): StatusDraft {
  return {
    emoji: status?.emoji,
    text: status?.text ?? '',
    clear: status?.until === undefined ? 'never' : 'kept',
  }
}

/** What the draft says now; `null` for nothing. An emoji alone is called by itself. */
export function statusOf(draft: StatusDraft, before: Status | undefined, now: Date): Status | null {
  const text = draft.text.trim() || draft.emoji
  if (text === undefined) {
    return null
  }
  const until = endOf(draft.clear, now, before?.until)
  return {
    text,
    ...(draft.emoji === undefined ? {} : { emoji: draft.emoji }),
    ...(until === undefined ? {} : { until }),
  }
}

/** What one does: an emoji, a few words, and when they go away. */
export function StatusForm(props: {
  readonly draft: StatusDraft
  /** It has an end already. */
  readonly ends: boolean
  readonly onDraft: (draft: StatusDraft) => void
}) {
  const texts = useTexts()
  const textId = useId()
  const clearId = useId()
  const { draft, onDraft } = props
  const [picking, setPicking] = useState<Box | null>(null)
  const choices = (Object.keys(texts.people.clears) as ClearAfter[]).filter(
    (each) => each !== 'kept' || props.ends,
  )
  return (
    <fieldset className="choices">
      <legend className="field-label">{texts.people.status}</legend>
      <div className="status-line">
        <button
          type="button"
          className="button button-icon status-emoji"
          aria-label={
            draft.emoji === undefined
              ? texts.people.statusEmoji
              : texts.people.statusEmojiIs(draft.emoji)
          }
          title={texts.people.statusEmoji}
          aria-haspopup="dialog"
          data-testid="status-emoji"
          onClick={(event) => setPicking(event.currentTarget.getBoundingClientRect())}
        >
          {draft.emoji ?? <Icon name="smile" />}
        </button>
        <label className="sr-only" htmlFor={textId}>
          {texts.people.statusText}
        </label>
        <input
          id={textId}
          className="field-input"
          type="text"
          dir="auto"
          autoComplete="off"
          placeholder={texts.people.statusText}
          maxLength={statusCharactersMax}
          value={draft.text}
          data-testid="status-text"
          onChange={(event) => onDraft({ ...draft, text: event.target.value })}
        />
        {draft.text === '' && draft.emoji === undefined ? null : (
          <button
            type="button"
            className="button button-icon"
            aria-label={texts.people.clearStatus}
            title={texts.people.clearStatus}
            data-testid="status-clear"
            onClick={() => onDraft({ emoji: undefined, text: '', clear: 'never' })}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      <div className="status-line">
        <label className="field-hint" htmlFor={clearId}>
          {texts.people.clearAfter}
        </label>
        <select
          id={clearId}
          className="switch-select"
          value={draft.clear}
          data-testid="status-until"
          onChange={(event) => onDraft({ ...draft, clear: event.target.value as ClearAfter })}
        >
          {choices.map((each) => (
            <option key={each} value={each}>
              {texts.people.clears[each]}
            </option>
          ))}
        </select>
      </div>
      {/* Not in the form, which Enter in the field of the picker would send. */}
      {picking === null
        ? null
        : createPortal(
            <Popover
              label={texts.people.statusEmoji}
              anchor={picking}
              testId="emoji-picker"
              onClose={() => setPicking(null)}
            >
              {(close) => (
                <EmojiPicker
                  onChoose={(emoji) => {
                    close()
                    rememberEmoji(emoji)
                    onDraft({ ...draft, emoji })
                  }}
                />
              )}
            </Popover>,
            document.body,
          )}
    </fieldset>
  )
}
