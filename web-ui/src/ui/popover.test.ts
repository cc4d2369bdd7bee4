import { describe, expect, it } from 'vitest'
import { placeBeside } from './popover.tsx'

const size = { width: 300, height: 400 }
const window = { width: 1_000, height: 800 }

function box(left: number, top: number) {
  return { left, top, right: left + 30, bottom: top + 30 }
}

describe('what stands beside its anchor', () => {
  it('stands below it, and ends where it ends', () => {
    expect(placeBeside(box(600, 100), size, window)).toEqual({ x: 330, y: 134 })
  })

  it('stands above it where there is no place below', () => {
    expect(placeBeside(box(600, 700), size, window)).toEqual({ x: 330, y: 296 })
  })

  it('begins where it begins, if it is to be flush there', () => {
    expect(placeBeside(box(600, 100), size, window, 'left')).toEqual({ x: 600, y: 134 })
    expect(placeBeside(box(900, 100), size, window, 'left').x).toBe(692)
  })

  it('stays in the window', () => {
    expect(placeBeside(box(10, 100), size, window).x).toBe(8)
    expect(placeBeside(box(990, 100), size, window).x).toBe(692)
    expect(placeBeside(box(600, 390), size, { width: 1_000, height: 600 }).y).toBe(192)
    expect(placeBeside(box(5, 5), size, { width: 200, height: 200 })).toEqual({ x: 8, y: 8 })
  })
})
