import { describe, expect, it } from 'vitest'
import { largest, sizeShown } from './picture-size.ts'

describe('the place of a picture', () => {
  it.each([
    ['small: as it is', { width: 100, height: 60 }, { width: 100, height: 60 }],
    ['wide: as wide as may be', { width: 1_600, height: 900 }, { width: 400, height: 225 }],
    ['high: as high as may be', { width: 900, height: 1_600 }, { width: 180, height: 320 }],
    ['a line: a finger finds it', { width: 10_000, height: 1 }, { width: 400, height: 48 }],
    ['a dot: a finger finds it', { width: 1, height: 1 }, { width: 48, height: 48 }],
  ])('is that of its pixels if it is %s', (_, picture, place) => {
    expect(sizeShown(picture)).toEqual(place)
  })

  it.each([{}, { width: 0, height: 0 }, { width: 5 }])(
    'is known also without them: %j',
    (picture) => {
      const { width, height } = sizeShown(picture)
      expect(width).toBeGreaterThan(0)
      expect(width).toBeLessThanOrEqual(largest.width)
      expect(height).toBeGreaterThan(0)
    },
  )
})
