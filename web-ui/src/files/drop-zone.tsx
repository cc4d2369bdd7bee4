import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { carriesFiles, droppedFiles, droppedMax, TooManyDropped } from './dropped-files.ts'
import type { Dropped } from './uploads.ts'

/** A part of the page that takes files dropped anywhere over it. */
export function DropZone(props: {
  readonly invitation: string
  readonly onFiles: (files: readonly Dropped[]) => void
  readonly children: ReactNode
}) {
  const texts = useTexts()
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<'too-many' | 'unreadable' | null>(null)
  // Entering a child leaves its parent: only the balance says whether one is still inside.
  const depth = useRef(0)
  const forFiles = (handle: (event: DragEvent) => void) => (event: DragEvent) => {
    if (carriesFiles(event.dataTransfer)) {
      event.preventDefault()
      handle(event)
    }
  }
  const move = (by: number) => {
    depth.current = Math.max(0, depth.current + by)
    setOver(depth.current > 0)
  }
  const drop = async (event: DragEvent) => {
    depth.current = 0
    setOver(false)
    setRefused(null)
    try {
      props.onFiles(await droppedFiles(event.dataTransfer))
    } catch (error) {
      setRefused(error instanceof TooManyDropped ? 'too-many' : 'unreadable')
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping needs a pointer; a button beside it uploads by keyboard
    <div
      className="drop-zone"
      onDragEnter={forFiles(() => move(1))}
      onDragOver={forFiles(() => undefined)}
      onDragLeave={forFiles(() => move(-1))}
      onDrop={forFiles((event) => void drop(event))}
    >
      {refused === null ? null : (
        <div className="notice notice-danger drop-refused" role="alert">
          <span>
            {refused === 'too-many'
              ? texts.files.droppedTooMany(droppedMax)
              : texts.files.droppedUnreadable}
          </span>
          <button
            type="button"
            className="button button-icon button-small"
            aria-label={texts.common.close}
            onClick={() => setRefused(null)}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {props.children}
      {over ? (
        <div className="drop-invitation" aria-hidden="true">
          <span>
            <Icon name="upload" />
            {props.invitation}
          </span>
        </div>
      ) : null}
    </div>
  )
}
