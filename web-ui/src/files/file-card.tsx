import { useState } from 'react'
import { formatSize } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { fileUrl, type Space, versionUrl } from '../wire/files.ts'
import type { FileRef } from '../wire/frames.ts'
import { cleanName } from './free-name.ts'
import './files.css'

/** Pictures up to this size are shown in the conversation. */
export const previewBytesMax = 2 * 1024 * 1024
const previewTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/** A file that appeared in a conversation, to be downloaded. */
export function FileCard({ space, file }: { readonly space: Space; readonly file: FileRef }) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const [broken, setBroken] = useState(false)
  const url =
    file.version === null ? fileUrl(space, file.path) : versionUrl(file.fileId, file.version)
  const picture = previewTypes.has(file.mediaType) && file.size <= previewBytesMax && !broken
  return (
    <div className="file-card" data-testid="file-entry">
      {picture ? (
        <img
          className="file-picture"
          src={url}
          alt={visibleName(file.name)}
          loading="lazy"
          onError={() => setBroken(true)}
        />
      ) : null}
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
        <a
          className="button button-small"
          href={url}
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
