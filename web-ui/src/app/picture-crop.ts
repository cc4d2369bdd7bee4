/** What shows of a picture: a square around a point, all in the picture's own pixels. */
export interface Crop {
  readonly x: number
  readonly y: number
  /** 1 shows as much as fits. */
  readonly zoom: number
}

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Nobody recognises less of a picture than this part of it. */
export const closestZoom = 5
/** The picture that is sent has at most so many pixels on each side. */
export const croppedPixelsMax = 512
/** Bytes of a file from which a picture is cut. */
export const pictureFileBytesMax = 30 * 1024 * 1024

/** As the service would cut it: the middle. */
export function middleOf({ width, height }: PictureSize): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 }
}

export function sideOf({ width, height }: PictureSize, { zoom }: Crop): number {
  return Math.min(width, height) / zoom
}

/** The nearest square that is in the picture. */
export function cropWithin(size: PictureSize, crop: Crop): Crop {
  const zoom = Math.min(Math.max(crop.zoom, 1), closestZoom)
  const half = sideOf(size, { ...crop, zoom }) / 2
  return {
    x: Math.min(Math.max(crop.x, half), size.width - half),
    y: Math.min(Math.max(crop.y, half), size.height - half),
    zoom,
  }
}

/** The picture was dragged by so many parts of the square. */
export function cropDragged(size: PictureSize, crop: Crop, right: number, down: number): Crop {
  const side = sideOf(size, crop)
  return cropWithin(size, { ...crop, x: crop.x - right * side, y: crop.y - down * side })
}

/** What a key does to the square; `null` for a key that does nothing. */
export function cropByKey(size: PictureSize, crop: Crop, key: string): Crop | null {
  const step = 0.05
  switch (key) {
    case 'ArrowLeft':
      return cropDragged(size, crop, step, 0)
    case 'ArrowRight':
      return cropDragged(size, crop, -step, 0)
    case 'ArrowUp':
      return cropDragged(size, crop, 0, step)
    case 'ArrowDown':
      return cropDragged(size, crop, 0, -step)
    case '+':
    case '=':
      return cropWithin(size, { ...crop, zoom: crop.zoom * 1.1 })
    case '-':
      return cropWithin(size, { ...crop, zoom: crop.zoom / 1.1 })
    default:
      return null
  }
}

/** Draws the square over the whole of a canvas. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const side = sideOf(picture, crop)
  const context = canvas.getContext('2d')
  if (context !== null) {
    context.imageSmoothingQuality = 'high'
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.drawImage(
      picture,
      crop.x - side / 2,
      crop.y - side / 2,
      side,
      side,
      0,
      0,
      canvas.width,
      canvas.height,
    )
  }
}

/** The square as a file: a JPEG stays one, and all else, which may let something through, is a PNG. */
export async function croppedPicture(
  picture: ImageBitmap,
  crop: Crop,
  mediaType: string,
): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  const side = Math.min(croppedPixelsMax, Math.max(1, Math.round(sideOf(picture, crop))))
  canvas.width = side
  canvas.height = side
  drawCrop(canvas, picture, crop)
  const type = mediaType === 'image/jpeg' ? 'image/jpeg' : 'image/png'
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.92))
}
