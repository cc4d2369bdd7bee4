// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { breakLine, connectBeforeEach, page, subscribed } from './chat-client-fixture.ts'
import { ConnectionStatus } from './connection-status.tsx'

connectBeforeEach()

let root: Root
let place: HTMLElement

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  place = document.createElement('div')
  root = createRoot(place)
})

afterEach(() => act(() => root.unmount()))

it('says what the line does and what waits, and shows nothing of a line that is as it should be', () => {
  page.line.onFrames([subscribed(10, 10)])
  act(() => root.render(<ConnectionStatus chat={page.chat} />))
  expect(place.querySelector('.status')).toBeNull()
  expect(place.querySelector('.sr-only')?.textContent).toBe('Connected')

  act(breakLine)
  expect(place.querySelector('.status')?.textContent).toContain('Reconnecting in')
  expect(place.querySelector('.status-waits')).toBeNull()
  act(() => {
    page.chat.post('lobby', { text: 'written meanwhile' })
    page.chat.post('lobby', { text: 'and more' })
  })
  expect(place.querySelector('.status-waits')?.textContent).toContain('2 messages')
  expect(place.querySelector('button')?.textContent).toBe('Try now')
})
