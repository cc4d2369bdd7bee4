import { type PointerEvent, useEffect, useRef } from 'react'
import { useTexts } from '../ui/language.ts'
import {
  type Crop,
  closestZoom,
  cropByKey,
  cropDragged,
  cropWithin,
  drawCrop,
} from './picture-crop.ts'

/** Pixels of the stage, twice as many as it is wide, for fine screens. */
const stagePixels = 448

/** Shows a picture through the square that is cut out: one drags it, and zooms. */
export function CropStage(props: {
  readonly picture: ImageBitmap
  readonly crop: Crop
  readonly onCrop: (crop: Crop) => void
}) {
  const texts = useTexts()
  const { picture, crop, onCrop } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const drag = useRef<{ readonly x: number; readonly y: number } | null>(null)
  useEffect(() => {
    if (canvas.current !== null) {
      drawCrop(canvas.current, picture, crop)
    }
  }, [picture, crop])
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current
    if (from !== null) {
      const { width } = event.currentTarget.getBoundingClientRect()
      drag.current = { x: event.clientX, y: event.clientY }
      const [right, down] = [event.clientX - from.x, event.clientY - from.y]
      onCrop(cropDragged(picture, crop, right / width, down / width))
    }
  }
  const zoomTo = (zoom: number) => onCrop(cropWithin(picture, { ...crop, zoom }))
  return (
    <div className="crop">
      {/* biome-ignore lint/a11y/useSemanticElements: no element is a square that one drags */}
      <div
        className="crop-stage"
        role="group"
        aria-label={texts.people.crop}
        title={texts.people.crop}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move it
        tabIndex={0}
        data-testid="crop"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drag.current = { x: event.clientX, y: event.clientY }
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null
        }}
        onPointerCancel={() => {
          drag.current = null
        }}
        onWheel={(event) => zoomTo(crop.zoom * Math.exp(-event.deltaY / 500))}
        onKeyDown={(event) => {
          const moved = cropByKey(picture, crop, event.key)
          if (moved !== null) {
            event.preventDefault()
            onCrop(moved)
          }
        }}
      >
        <canvas ref={canvas} width={stagePixels} height={stagePixels} />
      </div>
      <input
        type="range"
        className="crop-zoom"
        aria-label={texts.people.zoom}
        min={1}
        max={closestZoom}
        step={0.01}
        value={crop.zoom}
        onChange={(event) => zoomTo(Number(event.target.value))}
      />
    </div>
  )
}
