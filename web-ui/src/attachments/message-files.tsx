import { useState } from 'react'
import { FileCard } from '../files/file-card.tsx'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { isPicture, pictureBytesMax, refUrl, type Space } from '../wire/files.ts'
import type { FileRef, PersonRef } from '../wire/frames.ts'
import { sizeShown } from './picture-size.ts'
import './message-files.css'

/** Pictures that somebody looks at, one at a time. */
export interface Looked {
  readonly pictures: readonly FileRef[]
  /** The index of the one that is shown first. */
  readonly at: number
  readonly by: PersonRef
  /** RFC 3339. */
  readonly sentAt: string
}

/** The files of one message: pictures beside each other, and what else there is below them. */
export function MessageFiles(props: {
  readonly space: Space
  readonly files: readonly FileRef[]
  readonly onLook: (pictures: readonly FileRef[], at: number) => void
}) {
  const texts = useTexts()
  const { space, files } = props
  const pictures = files.filter(({ mediaType }) => isPicture(mediaType))
  const shown = pictures.filter(({ size }) => size <= pictureBytesMax)
  const look = (file: FileRef) => () => props.onLook(pictures, pictures.indexOf(file))
  return (
    <div className="message-files">
      {shown.length === 0 ? null : (
        <div className={shown.length > 1 ? 'pictures pictures-many' : 'pictures'}>
          {shown.map((file) => (
            <Picture
              key={file.fileId}
              space={space}
              file={file}
              alone={shown.length === 1}
              onLook={look(file)}
            />
          ))}
        </div>
      )}
      {files
        .filter((file) => !shown.includes(file))
        .map((file) => (
          <FileCard
            key={file.fileId}
            space={space}
            file={file}
            before={
              pictures.includes(file) ? (
                <button
                  type="button"
                  className="button button-small"
                  aria-label={texts.files.showPicture(visibleName(file.name))}
                  data-testid="picture-ask"
                  onClick={look(file)}
                >
                  {texts.files.show}
                </button>
              ) : null
            }
          />
        ))}
    </div>
  )
}

/** Its place is as large before the picture is here as afterwards, and if it cannot be shown. */
function Picture(props: {
  readonly space: Space
  readonly file: FileRef
  readonly alone: boolean
  readonly onLook: () => void
}) {
  const texts = useTexts()
  const { file } = props
  const [broken, setBroken] = useState(false)
  const { width, height } = sizeShown(file)
  return (
    <button
      type="button"
      className="picture"
      style={props.alone ? { width, aspectRatio: `${width} / ${height}` } : undefined}
      aria-label={texts.files.showPicture(visibleName(file.name))}
      data-testid="picture"
      onClick={props.onLook}
    >
      {broken ? (
        <span className="picture-broken">
          <Icon name="file" />
          <span className="picture-name" dir="auto">
            <ShownName name={file.name} />
          </span>
        </span>
      ) : (
        <img
          src={refUrl(props.space, file)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
    </button>
  )
}
