import type { Catalogue } from '../ui/catalogue-en.ts'
import { formatSize } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, problemText, useLanguage, useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { useStore } from '../ui/store.ts'
import type { Space } from '../wire/files.ts'
import type { Upload, UploadQueue } from './uploads.ts'
import './files.css'

/** The uploads into one space: how far each is, and what can be done about it. */
export function UploadList(props: { readonly queue: UploadQueue; readonly space: Space }) {
  const texts = useTexts()
  const uploads = useStore(props.queue.store, (all) => all)
  const shown = uploads.filter((upload) => upload.space === props.space)
  return shown.length === 0 ? null : (
    <ul className="uploads" aria-label={texts.files.uploads}>
      {shown.map((upload) => (
        <UploadRow key={upload.id} queue={props.queue} upload={upload} />
      ))}
    </ul>
  )
}

function UploadRow({ queue, upload }: { readonly queue: UploadQueue; readonly upload: Upload }) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const percent = upload.size === 0 ? 100 : Math.floor((upload.sent / upload.size) * 100)
  const running = upload.state === 'waiting' || upload.state === 'sending'
  return (
    <li className="upload" data-testid="upload-progress" data-state={upload.state}>
      <Icon name={upload.state === 'done' ? 'check' : 'upload'} />
      <span className="upload-name" dir="auto">
        <ShownName name={upload.name} />
      </span>
      <span className={upload.state === 'failed' ? 'upload-note upload-failed' : 'upload-note'}>
        {uploadNote(texts, upload, percent, locale)}
      </span>
      {running ? (
        <RowButton
          label={texts.common.cancel}
          icon="close"
          onClick={() => queue.cancel(upload.id)}
        />
      ) : upload.state === 'done' ? null : (
        <>
          <button
            type="button"
            className="button button-small"
            onClick={() => queue.retry(upload.id)}
          >
            {texts.common.retry}
          </button>
          <RowButton
            label={texts.files.uploadDismiss}
            icon="close"
            onClick={() => queue.dismiss(upload.id)}
          />
        </>
      )}
      {running ? (
        <progress
          className="upload-bar"
          max={100}
          value={percent}
          aria-label={texts.files.progress(visibleName(upload.name))}
        />
      ) : null}
    </li>
  )
}

function RowButton(props: {
  readonly label: string
  readonly icon: 'close'
  readonly onClick: () => void
}) {
  return (
    <button
      type="button"
      className="button button-icon button-small"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  )
}

function uploadNote(texts: Catalogue, upload: Upload, percent: number, locale: string): string {
  switch (upload.state) {
    case 'waiting':
      return texts.files.uploadWaiting
    case 'sending':
      return `${formatSize(upload.sent, locale)} / ${formatSize(upload.size, locale)} · ${percent} %`
    case 'done':
      return texts.files.uploadDone
    case 'cancelled':
      return texts.files.uploadCancelled
    case 'failed':
      return problemText(texts, upload.problem ?? '')
  }
}
