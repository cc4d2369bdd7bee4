// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectBeforeEach, page, place, room, unread } from './chat-client-fixture.ts'
import { undoMillis, useMarkAllRead } from './mark-all-read.tsx'

connectBeforeEach()

let root: Root
let shown: HTMLElement

function Page() {
  const { button, done } = useMarkAllRead(page.chat)
  return (
    <>
      {button}
      {done}
    </>
  )
}

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  page.rooms = [room('lobby', 10, 4, 6), room('plans', 3, 1, 2), room('looms', 3)]
  await page.chat.refreshRooms()
  shown = document.body.appendChild(document.createElement('div'))
  root = createRoot(shown)
  act(() => root.render(<Page />))
})

afterEach(() => {
  act(() => root.unmount())
  shown.remove()
})

function button(testId: string): HTMLButtonElement | null {
  return shown.querySelector(`[data-testid="${testId}"]`)
}

function press(testId: string, detail = 1): void {
  const target = button(testId)
  const inner = target?.matches('button') ? target : target?.querySelector('button')
  act(() => void inner?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail })))
}

describe('all rooms', () => {
  it('are marked as read, and for some seconds that can be undone', () => {
    press('mark-all-read')
    expect([unread('lobby'), unread('plans')]).toEqual([0, 0])
    expect(button('mark-all-read')).toBeNull()
    expect(shown.textContent).toContain('2 rooms are read')
    press('marked-all-read')
    expect([place('lobby'), place('plans')]).toEqual([4, 1])
    expect(button('mark-all-read')).not.toBeNull()
    expect(button('marked-all-read')).toBeNull()
  })

  it('cannot be marked where nothing is unread', async () => {
    page.rooms = [room('lobby', 10), room('plans', 3)]
    await act(() => page.chat.refreshRooms())
    expect(button('mark-all-read')).toBeNull()
  })

  it('stay read once some seconds have passed', () => {
    press('mark-all-read')
    act(() => void vi.advanceTimersByTime(undoMillis))
    expect(button('marked-all-read')).toBeNull()
  })

  it('keep the focus of who presses keys, and wait for them', () => {
    button('mark-all-read')?.focus()
    press('mark-all-read', 0)
    expect(document.activeElement?.textContent).toBe('Undo')
    act(() => void vi.advanceTimersByTime(2 * undoMillis))
    expect(button('marked-all-read')).not.toBeNull()
    press('marked-all-read', 0)
    expect(document.activeElement).toBe(button('mark-all-read'))
  })
})
