import { describe, expect, it } from 'vitest'
import { named, pastedFiles, textFile } from './pasted-files.ts'

const now = new Date(2026, 10, 30, 7, 5, 9)

function clipboard(types: readonly string[], files: readonly File[]): DataTransfer {
  return { types, files } as unknown as DataTransfer
}

describe('what is pasted', () => {
  it('is text where there is text, also if a picture of it comes along', () => {
    const image = new File(['png'], 'image.png')
    expect(pastedFiles(clipboard(['text/plain', 'text/html', 'Files'], [image]))).toEqual([])
    expect(pastedFiles(clipboard(['Files'], [image]))).toEqual([image])
  })
})

describe('a file of a message', () => {
  it('is called by its time if it is a picture without a name', () => {
    const image = named(new File(['png'], 'image.png', { type: 'image/png' }), now)
    expect(image.name).toBe('image-2026-11-30-070509.png')
    expect(image.type).toBe('image/png')
    expect(image.size).toBe(3)
  })

  it('keeps its name otherwise', () => {
    expect(named(new File([], 'plan.pdf'), now).name).toBe('plan.pdf')
  })

  it('is a text that is too long, called by its time', async () => {
    const file = textFile('warp and weft', now)
    expect(file.name).toBe('message-2026-11-30-070509.md')
    expect(await file.text()).toBe('warp and weft')
  })
})
