import { describe, expect, it } from 'vitest'
import {
  closestZoom,
  cropByKey,
  cropDragged,
  cropWithin,
  middleOf,
  sideOf,
} from './picture-crop.ts'

const wide = { width: 400, height: 200 }

describe('what shows of a picture', () => {
  it('is its middle at first, as large as fits', () => {
    expect(middleOf(wide)).toEqual({ x: 200, y: 100, zoom: 1 })
    expect(sideOf(wide, middleOf(wide))).toBe(200)
  })

  it('follows the hand, to the edge of the picture and no further', () => {
    const moved = cropDragged(wide, middleOf(wide), 0.25, 0.25)
    expect(moved).toEqual({ x: 150, y: 100, zoom: 1 })
    expect(cropDragged(wide, moved, 99, 0).x).toBe(100)
    expect(cropDragged(wide, moved, -99, 0).x).toBe(300)
  })

  it.each([
    ['ArrowRight', { x: 210, y: 100, zoom: 1 }],
    ['ArrowLeft', { x: 190, y: 100, zoom: 1 }],
    ['-', { x: 200, y: 100, zoom: 1 }],
  ])('is moved and zoomed by keys: %s', (key, crop) => {
    expect(cropByKey(wide, middleOf(wide), key)).toEqual(crop)
  })

  it('leaves other keys alone', () => {
    expect(cropByKey(wide, middleOf(wide), 'Tab')).toBeNull()
  })

  it('is never closer than one recognises', () => {
    const close = cropWithin(wide, { x: 0, y: 0, zoom: 1_000 })
    expect(close).toEqual({ x: 20, y: 20, zoom: closestZoom })
  })
})
