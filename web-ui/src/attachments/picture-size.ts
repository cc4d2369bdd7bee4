/** CSS pixels. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** A picture that stands alone is shown no larger. */
export const largest: PictureSize = { width: 400, height: 320 }
/** So that a finger finds it. */
const leastSide = 48
/** Of a picture whose size nobody knows. */
const unknown: PictureSize = { width: 240, height: 180 }

/** The place of a picture that stands alone, known before the picture is here. */
export function sizeShown(picture: Partial<PictureSize>): PictureSize {
  const { width = 0, height = 0 } = picture
  if (width <= 0 || height <= 0) {
    return unknown
  }
  const scale = Math.min(1, largest.width / width, largest.height / height)
  const side = (pixels: number) => Math.max(leastSide, Math.round(pixels * scale))
  return { width: side(width), height: side(height) }
}
