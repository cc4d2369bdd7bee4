import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { carriesFiles, droppedFiles } from './dropped-files.ts'
import type { Dropped } from './uploads.ts'

/** A part of the page that takes files dropped anywhere over it. */
export function DropZone(props: {
  readonly invitation: string
  readonly onFiles: (files: readonly Dropped[]) => void
  readonly children: ReactNode
}) {
  const [over, setOver] = useState(false)
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
    props.onFiles(await droppedFiles(event.dataTransfer))
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
