import { describe, expect, it } from 'vitest'
import { pastedFiles } from './pasted-files.ts'

const now = new Date(2026, 10, 30, 7, 5, 9)

function clipboard(types: readonly string[], files: readonly File[]): DataTransfer {
  return { types, files } as unknown as DataTransfer
}

describe('what is pasted', () => {
  it('is a picture that is called by its time', () => {
    const image = new File(['png'], 'image.png', { type: 'image/png' })
    const [pasted] = pastedFiles(clipboard(['Files'], [image]), now)
    expect(pasted?.name).toBe('2026-11-30 07.05.09.png')
    expect(pasted?.type).toBe('image/png')
    expect(pasted?.size).toBe(3)
  })

  it('is a file that keeps its name', () => {
    const [pasted] = pastedFiles(clipboard(['Files'], [new File([], 'plan.pdf')]), now)
    expect(pasted?.name).toBe('plan.pdf')
  })

  it('is text where there is text, also if a picture of it comes along', () => {
    const image = new File(['png'], 'image.png')
    expect(pastedFiles(clipboard(['text/plain', 'text/html', 'Files'], [image]), now)).toEqual([])
  })
})
