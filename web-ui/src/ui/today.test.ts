// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchDay } from './today.ts'

let days: number
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(new Date(2026, 10, 30, 20, 15))
  days = 0
  stop = watchDay(() => {
    days += 1
  })
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

describe('the day', () => {
  it('changes at midnight, once', () => {
    vi.advanceTimersByTime(3.75 * 60 * 60_000 - 1)
    expect(days).toBe(0)
    vi.advanceTimersByTime(2)
    expect(days).toBe(1)
    vi.advanceTimersByTime(23 * 60 * 60_000)
    expect(days).toBe(1)
    vi.advanceTimersByTime(60 * 60_000)
    expect(days).toBe(2)
  })

  it('changes when a page is shown that slept through midnight', () => {
    vi.setSystemTime(new Date(2026, 11, 1, 7, 0))
    document.dispatchEvent(new Event('visibilitychange'))
    expect(days).toBe(1)
  })

  it('is not watched any more when nobody asks', () => {
    stop()
    vi.advanceTimersByTime(24 * 60 * 60_000)
    expect(days).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
