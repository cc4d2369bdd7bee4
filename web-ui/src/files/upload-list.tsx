import type { Catalogue } from '../ui/catalogue-en.ts'
import { formatSize } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, problemText, useLanguage, useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { useStore } from '../ui/store.ts'
import type { Space } from '../wire/files.ts'
import type { Upload, UploadQueue } from './uploads.ts'
import './files.css'

/** Uploads that are shown one by one; of more there is a count. */
export const uploadRowsMax = 20

/** First what asks for something, then what is under way. */
const order = { failed: 0, cancelled: 0, sending: 1, done: 2, waiting: 3 } as const

/** The uploads into one space: how far each is, and what can be done about it. */
export function UploadList(props: { readonly queue: UploadQueue; readonly space: Space }) {
  const texts = useTexts()
  const { queue, space } = props
  const uploads = useStore(queue.store, (all) => all)
  const ours = uploads.filter((upload) => upload.space === space)
  const shown = ours
    .toSorted((one, other) => order[one.state] - order[other.state])
    .slice(0, uploadRowsMax)
  return shown.length === 0 ? null : (
    <ul className="uploads" aria-label={texts.files.uploads}>
      {ours.length > 1 ? <UploadCountRow queue={queue} space={space} /> : null}
      {shown.map((upload) => (
        <UploadRow key={upload.id} queue={queue} upload={upload} />
      ))}
    </ul>
  )
}

function UploadCountRow({ queue, space }: { readonly queue: UploadQueue; readonly space: Space }) {
  const texts = useTexts()
  const count = useStore(queue.counts, (all) => all.get(space))
  return count === undefined || count.ended >= count.total ? null : (
    <li className="uploads-count" data-testid="uploads-count">
      <span>{texts.files.uploadsCount(count.ended, count.total)}</span>
      <button
        type="button"
        className="button button-small button-quiet"
        onClick={() => queue.cancelAll(space)}
      >
        {texts.files.cancelAll}
      </button>
    </li>
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
