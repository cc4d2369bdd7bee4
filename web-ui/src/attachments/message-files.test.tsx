// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pictureBytesMax } from '../wire/files.ts'
import type { FileRef } from '../wire/frames.ts'
import { MessageFiles } from './message-files.tsx'

let root: Root
let place: HTMLElement
const looks = vi.fn()

function file(name: string, mediaType: string, more: Partial<FileRef> = {}): FileRef {
  return {
    fileId: name,
    version: 2,
    path: name,
    name,
    size: 5,
    sha256: '0',
    mediaType,
    ...more,
  }
}

function show(...files: FileRef[]): void {
  act(() => root.render(<MessageFiles space="rooms/r" files={files} onLook={looks} />))
}

function pictures(): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('[data-testid="picture"]')]
}

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

describe('the files of a message', () => {
  it('have a place for a picture before it is here, and if it never comes', () => {
    show(file('loom.png', 'image/png', { width: 1_600, height: 900 }))
    const [picture] = pictures()
    const size = () => [picture?.style.width, picture?.style.aspectRatio]
    expect(size()).toEqual(['400px', '400 / 225'])
    const image = picture?.querySelector('img')
    expect(image?.getAttribute('src')).toBe('/api/files/by-id/loom.png?version=2')
    act(() => void image?.dispatchEvent(new Event('error')))
    expect(picture?.querySelector('img')).toBeNull()
    expect(picture?.textContent).toContain('loom.png')
    expect(size()).toEqual(['400px', '400 / 225'])
  })

  it('are pictures beside each other, and what else there is below them', () => {
    show(
      file('a.png', 'image/png'),
      file('plan.pdf', 'application/pdf'),
      file('b.webp', 'image/webp'),
    )
    expect(pictures().map((each) => each.getAttribute('aria-label'))).toEqual([
      'Show a.png',
      'Show b.webp',
    ])
    expect(place.querySelectorAll('[data-testid="file-entry"]')).toHaveLength(1)
    act(() => pictures()[1]?.click())
    expect(looks.mock.calls[0]?.[0]).toMatchObject([{ name: 'a.png' }, { name: 'b.webp' }])
    expect(looks.mock.calls[0]?.[1]).toBe(1)
  })

  it.each(['image/svg+xml', 'image/tiff', 'text/html', 'application/octet-stream'])(
    'are no picture of the type %s',
    (mediaType) => {
      show(file('x', mediaType))
      expect(place.querySelector('img')).toBeNull()
      expect(place.querySelector('[data-testid="file-download"]')).not.toBeNull()
    },
  )

  it('show a large picture only when somebody asks for it', () => {
    show(file('large.png', 'image/png', { size: pictureBytesMax + 1 }))
    expect(place.querySelector('img')).toBeNull()
    act(() => place.querySelector<HTMLElement>('[data-testid="picture-ask"]')?.click())
    expect(looks.mock.calls[0]?.[0]).toMatchObject([{ name: 'large.png' }])
  })
})
