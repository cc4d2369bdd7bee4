import { useRef } from 'react'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { formatSize } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, problemText, useLanguage, useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { useStore } from '../ui/store.ts'
import { type DraftFile, type DraftMessages, messageFilesMax, noDraft } from './draft-messages.ts'
import './attachment-strip.css'

/** The files of the message that somebody writes: how far each is, and what can be done about it. */
export function AttachmentStrip(props: {
  readonly messages: DraftMessages
  readonly roomId: string
  /** The last one has gone: the focus needs a place. */
  readonly onEmptied: () => void
}) {
  const texts = useTexts()
  const list = useRef<HTMLUListElement>(null)
  const { messages, roomId } = props
  const draft = useStore(messages.store, (all) => all.get(roomId) ?? noDraft)
  const remove = (id: string, at: number) => {
    // Before it leaves: the next one moves into its place, or the one before it is the last.
    const others = [...(list.current?.querySelectorAll<HTMLElement>('[data-remove]') ?? [])]
    const next = others[at + 1] ?? others[at - 1]
    messages.remove(roomId, id)
    if (next === undefined) {
      props.onEmptied()
    } else {
      next.focus()
    }
  }
  return (
    <div className="attachments">
      <ul ref={list} className="attachments-list" aria-label={texts.files.ofMessage}>
        {draft.files.map((file, at) => (
          <Attachment
            key={file.id}
            file={file}
            onRetry={() => messages.retry(roomId, file.id)}
            onRemove={() => remove(file.id, at)}
          />
        ))}
      </ul>
      <p
        className={draft.blocked ? 'attachments-note attachments-blocked' : 'attachments-note'}
        role="status"
        data-testid="attachments-note"
      >
        {noteOf(texts, draft)}
      </p>
    </div>
  )
}

function noteOf(
  texts: Catalogue,
  draft: { readonly blocked: boolean; readonly leftOut: number },
): string {
  if (draft.blocked) {
    return texts.files.notAllThere
  }
  return draft.leftOut > 0 ? texts.files.leftOut(draft.leftOut, messageFilesMax) : ''
}

function Attachment(props: {
  readonly file: DraftFile
  readonly onRetry: () => void
  readonly onRemove: () => void
}) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const { file } = props
  const name = visibleName(file.name)
  const percent = file.size === 0 ? 100 : Math.floor((file.sent / file.size) * 100)
  const failed = file.state === 'failed' || file.state === 'lost'
  return (
    <li
      className={failed ? 'attachment attachment-failed' : 'attachment'}
      data-testid="attachment"
      data-upload={file.state}
    >
      <span className="attachment-picture">
        {file.picture === null ? <Icon name="file" /> : <img src={file.picture} alt="" />}
      </span>
      <span className="attachment-what">
        <span className="attachment-name" dir="auto">
          <ShownName name={file.name} />
        </span>
        <span className="attachment-state" role={failed ? 'alert' : undefined}>
          {stateText(texts, file, percent, locale)}
        </span>
      </span>
      {file.state === 'failed' ? (
        <button type="button" className="button button-small" onClick={props.onRetry}>
          {texts.common.retry}
        </button>
      ) : null}
      <button
        type="button"
        className="button button-icon button-small"
        aria-label={texts.files.removeFromMessage(name)}
        title={texts.files.removeFromMessage(name)}
        data-remove
        onClick={props.onRemove}
      >
        <Icon name="close" />
      </button>
      {file.state === 'uploading' ? (
        <progress
          className="upload-bar attachment-bar"
          max={100}
          value={percent}
          aria-label={texts.files.progress(name)}
        />
      ) : null}
    </li>
  )
}

function stateText(texts: Catalogue, file: DraftFile, percent: number, locale: string): string {
  switch (file.state) {
    case 'uploading':
      return `${formatSize(file.size, locale)} · ${percent} %`
    case 'uploaded':
      return formatSize(file.size, locale)
    case 'failed':
      return problemText(texts, file.problem ?? '')
    case 'lost':
      return texts.files.lost
  }
}
