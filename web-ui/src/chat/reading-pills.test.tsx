// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { formatTime } from '../ui/format.ts'
import { ToNewest, UnreadAbove } from './reading-pills.tsx'

let root: Root
let place: HTMLElement
const jumps = vi.fn()
const reads = vi.fn()

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.clearAllMocks()
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

function showAbove(unread: number, since: string | null, mentions = 0): string {
  const above = { unread, mentions, since }
  act(() => root.render(<UnreadAbove above={above} onJump={jumps} onRead={reads} />))
  return place.querySelector('.unread-above-text')?.textContent ?? ''
}

describe('the pill above', () => {
  it('says how much is unread, and since when', () => {
    const now = new Date()
    expect(showAbove(37, now.toISOString())).toBe(`37 new since ${formatTime(now, 'en-GB')}`)
    expect(showAbove(100, null)).toBe('99+ new messages')
    expect(showAbove(1, null)).toBe('1 new message')
  })

  it('names what mentions the reader first, and leads there', () => {
    expect(showAbove(37, new Date().toISOString(), 2)).toBe('2 mentions')
    expect(showAbove(37, null, 1)).toBe('1 mention')
    expect(place.querySelector('button')?.title).toBe('Jump to the first message that mentions you')
  })

  it('leads there, or marks it as read', () => {
    showAbove(2, null)
    const [jump, read] = place.querySelectorAll('button')
    act(() => jump?.click())
    act(() => read?.click())
    expect([jumps.mock.calls.length, reads.mock.calls.length]).toEqual([1, 1])
    expect(jump?.textContent).toContain('Jump to the first unread message')
    expect(read?.ariaLabel).toBe('Mark as read')
  })

  it('is not there where nothing is unread above', () => {
    act(() => root.render(<UnreadAbove above={null} onJump={jumps} onRead={reads} />))
    expect(place.childElementCount).toBe(0)
  })
})

function showBelow(unread: number, mentions = 0): void {
  act(() =>
    root.render(<ToNewest unread={unread} mentions={mentions} onJump={jumps} onMention={reads} />),
  )
}

describe('the pill below', () => {
  it('has one above it for what mentions the reader on the way', () => {
    showBelow(7, 1)
    const [mention, newest] = place.querySelectorAll('button')
    expect(mention?.textContent).toContain('1 mention')
    expect(newest?.textContent).toBe('7 new messages')
    act(() => mention?.click())
    expect([jumps.mock.calls.length, reads.mock.calls.length]).toEqual([0, 1])
  })

  it('leads to the end, and says what is new there', () => {
    showBelow(3)
    expect(place.textContent).toBe('3 new messages')
    act(() => place.querySelector('button')?.click())
    expect(jumps).toHaveBeenCalledOnce()
    showBelow(0)
    expect(place.textContent).toBe('Jump to the newest')
  })
})
