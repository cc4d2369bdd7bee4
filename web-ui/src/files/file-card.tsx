import type { ReactNode } from 'react'
import { formatSize } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { refUrl, type Space } from '../wire/files.ts'
import type { FileRef } from '../wire/frames.ts'
import { cleanName } from './free-name.ts'
import './files.css'

/** A file that appeared in a conversation, to be downloaded. */
export function FileCard(props: {
  readonly space: Space
  readonly file: FileRef
  /** Stands before the download. */
  readonly before?: ReactNode
}) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const { space, file } = props
  return (
    <div className="file-card" data-testid="file-entry">
      <div className="file-line">
        <span className="file-mark">
          <Icon name="file" />
        </span>
        <span className="file-what" data-copied>
          <span className="file-name" dir="auto">
            <ShownName name={file.name} />
          </span>
          <span className="file-size">{formatSize(file.size, locale)}</span>
        </span>
        {props.before}
        <a
          className="button button-small"
          href={refUrl(space, file)}
          download={cleanName(file.name)}
          aria-label={texts.files.downloadFile(visibleName(file.name))}
          data-testid="file-download"
        >
          <Icon name="download" />
          <span className="file-download-text">{texts.files.download}</span>
        </a>
      </div>
    </div>
  )
}
