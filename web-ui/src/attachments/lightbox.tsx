import { useLayoutEffect, useRef, useState } from 'react'
import { cleanName } from '../files/free-name.ts'
import { formatMoment, formatSize } from '../ui/format.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { refUrl, type Space } from '../wire/files.ts'
import { shownName } from '../wire/names.ts'
import type { Looked } from './message-files.tsx'
import './lightbox.css'

/**
 * The pictures of a message, one at a time over the whole page. Arrows, Home and End move, Escape
 * closes, and the focus goes back to where it was.
 */
export function Lightbox(props: {
  readonly space: Space
  readonly looked: Looked
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const { space, looked, onClose } = props
  const { pictures } = looked
  const [at, setAt] = useState(looked.at)
  const [broken, setBroken] = useState<ReadonlySet<number>>(new Set())
  const dialog = useModal()
  const file = pictures[at]
  if (file === undefined) {
    return null
  }
  const move = (to: number) => setAt(Math.min(Math.max(to, 0), pictures.length - 1))
  const steps: { readonly [key: string]: number } = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: pictures.length - 1,
  }
  const url = refUrl(space, file)
  const name = visibleName(file.name)
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={name}
      data-testid="lightbox"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        const to = steps[event.key]
        if (to !== undefined && !(event.altKey || event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          move(to)
        }
      }}
    >
      <div className="lightbox-head">
        <p className="lightbox-what">
          <span className="lightbox-name" dir="auto">
            <ShownName name={file.name} />
          </span>
          <span className="lightbox-note">
            {shownName(looked.by)} · {formatMoment(new Date(looked.sentAt), locale)} ·{' '}
            {formatSize(file.size, locale)}
          </span>
        </p>
        {pictures.length > 1 ? (
          <span className="lightbox-count" role="status">
            {texts.files.pictureOf(at + 1, pictures.length)}
          </span>
        ) : null}
        <a
          className="button button-icon"
          href={url}
          download={cleanName(file.name)}
          aria-label={texts.files.downloadFile(name)}
          title={texts.files.download}
        >
          <Icon name="download" />
        </a>
        <HeadButton icon="close" label={texts.common.close} onClick={onClose} />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape does the same */}
      <div
        className="lightbox-stage"
        onClick={(event) => {
          if (event.target === event.currentTarget) {
            onClose()
          }
        }}
      >
        {broken.has(at) ? (
          <p className="lightbox-broken" role="alert">
            {texts.files.pictureBroken}
          </p>
        ) : (
          <img
            key={url}
            className="lightbox-picture"
            src={url}
            alt={name}
            width={file.width}
            height={file.height}
            onError={() => setBroken(new Set(broken).add(at))}
          />
        )}
        {at > 0 ? (
          <Step side="before" label={texts.files.previousPicture} onClick={() => move(at - 1)} />
        ) : null}
        {at < pictures.length - 1 ? (
          <Step side="next" label={texts.files.nextPicture} onClick={() => move(at + 1)} />
        ) : null}
      </div>
    </dialog>
  )
}

function HeadButton(props: {
  readonly icon: IconName
  readonly label: string
  readonly onClick: () => void
}) {
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  )
}

function Step(props: {
  readonly side: 'before' | 'next'
  readonly label: string
  readonly onClick: () => void
}) {
  return (
    <button
      type="button"
      className={`button button-icon lightbox-step lightbox-${props.side}`}
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name="back" />
    </button>
  )
}

/** Open as long as it is rendered; the focus comes back to what had it. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the dialog leaves the page: one that is gone gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    return () => {
      element?.close()
      if (document.activeElement === document.body && before instanceof HTMLElement) {
        before.focus({ preventScroll: true })
      }
    }
  }, [])
  return dialog
}
