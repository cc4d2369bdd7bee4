// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cards, hearCards } from '../chat/cards.ts'
import type { Card } from '../wire/frames.ts'
import { Problem } from '../wire/problem.ts'
import { changePicture, changeProfile, changeStatus } from '../wire/profile.ts'
import { pictureFileBytesMax } from './picture-crop.ts'
import { ProfileDialog } from './profile-dialog.tsx'

vi.mock('../wire/profile.ts', () => ({
  changePicture: vi.fn(),
  changeProfile: vi.fn(),
  changeStatus: vi.fn(),
}))

const closed = vi.fn()
const ada: Card = { personId: 'ada', name: 'ada', guest: false, picture: 'a1' }
let root: Root
let place: HTMLElement

function part<E extends HTMLElement = HTMLElement>(testId: string): E {
  return place.querySelector(`[data-testid="${testId}"]`) as E
}

function type(testId: string, text: string): void {
  act(() => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    set?.call(part(testId), text)
    part(testId).dispatchEvent(new Event('input', { bubbles: true }))
  })
}

async function click(testId: string): Promise<void> {
  await act(async () => {
    part(testId).click()
    await vi.advanceTimersByTimeAsync(0)
  })
}

async function choose(file: File): Promise<void> {
  await act(async () => {
    Object.defineProperty(part('picture-file'), 'files', { value: [file], configurable: true })
    part('picture-file').dispatchEvent(new Event('change', { bubbles: true }))
    await vi.advanceTimersByTimeAsync(0)
  })
}

function problem(): string | null | undefined {
  return place.querySelector('[role="alert"]')?.textContent
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  HTMLDialogElement.prototype.showModal = () => undefined
  HTMLDialogElement.prototype.close = () => undefined
  vi.useFakeTimers({ now: new Date('2026-12-02T14:00:00Z') })
  vi.clearAllMocks()
  cards.set(new Map())
  hearCards([ada])
  vi.mocked(changeProfile).mockResolvedValue({ ...ada, displayName: 'Ada L.' })
  vi.mocked(changeStatus).mockResolvedValue(ada)
  vi.mocked(changePicture).mockResolvedValue({ personId: 'ada', name: 'ada', guest: false })
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  act(() => root.render(<ProfileDialog person={ada} onClose={closed} />))
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  vi.useRealTimers()
})

describe('the profile', () => {
  it('sends nothing that did not change', async () => {
    await click('save-profile')
    expect(changeProfile).not.toHaveBeenCalled()
    expect(changeStatus).not.toHaveBeenCalled()
    expect(changePicture).not.toHaveBeenCalled()
    expect(closed).toHaveBeenCalledOnce()
  })

  it('saves name and status, and all see them at once', async () => {
    type('display-name', ' Ada L. ')
    type('status-text', 'On leave')
    act(() => {
      const select = part<HTMLSelectElement>('status-until')
      select.value = 'hour'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await click('save-profile')
    expect(changeProfile).toHaveBeenCalledWith({ displayName: 'Ada L.' })
    expect(changeStatus).toHaveBeenCalledWith({
      text: 'On leave',
      until: '2026-12-02T15:00:00.000Z',
    })
    expect(closed).toHaveBeenCalledOnce()
  })

  it('gives the name back where the field is emptied', async () => {
    act(() => hearCards([{ ...ada, displayName: 'Ada L.' }]))
    type('display-name', '')
    await click('save-profile')
    expect(changeProfile).toHaveBeenCalledWith({ displayName: null })
  })

  it('does not send again what was saved before a refusal', async () => {
    type('display-name', 'Ada L.')
    type('status-text', 'Here')
    vi.mocked(changeStatus).mockRejectedValueOnce(new Problem('too-fast', 429, ''))
    await click('save-profile')
    expect(problem()).toContain('too fast')
    expect(closed).not.toHaveBeenCalled()
    await click('save-profile')
    expect(changeProfile).toHaveBeenCalledOnce()
    expect(changeStatus).toHaveBeenCalledTimes(2)
    expect(closed).toHaveBeenCalledOnce()
  })

  it('takes the picture away', async () => {
    await click('remove-picture')
    expect(place.querySelector('img')).toBeNull()
    expect(changePicture).not.toHaveBeenCalled()
    await click('save-profile')
    expect(changePicture).toHaveBeenCalledWith(null)
  })

  it('says what is no picture, and what is too large for one', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no picture')))
    await choose(new File(['hello'], 'hello.png', { type: 'image/png' }))
    expect(problem()).toContain('cannot be read')
    const large = new File([], 'large.png', { type: 'image/png' })
    Object.defineProperty(large, 'size', { value: pictureFileBytesMax + 1 })
    await choose(large)
    expect(problem()).toContain('too large')
  })
})
