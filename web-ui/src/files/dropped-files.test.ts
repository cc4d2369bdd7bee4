import { describe, expect, it } from 'vitest'
import { droppedFiles, droppedMax, TooManyDropped } from './dropped-files.ts'

/** What a browser hands over, a few children at a time. */
type Fake = { readonly [name: string]: Fake | 'file' | 'unreadable' }

const atOnce = 100

function entryOf(name: string, content: Fake[string]): unknown {
  if (typeof content === 'string') {
    const file = (resolve: (file: File) => void, reject: (error: Error) => void) =>
      content === 'file' ? resolve(new File(['x'], name)) : reject(new Error('NotReadableError'))
    return { isFile: true, isDirectory: false, name, file }
  }
  const children = Object.entries(content).map(([child, inner]) => entryOf(child, inner))
  const createReader = () => {
    let at = 0
    return {
      readEntries: (resolve: (entries: unknown[]) => void) => {
        resolve(children.slice(at, at + atOnce))
        at += atOnce
      },
    }
  }
  return { isFile: false, isDirectory: true, name, createReader }
}

function drop(content: Fake): DataTransfer {
  const items = Object.entries(content).map(([name, inner]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(name, inner),
    getAsFile: () => null,
  }))
  return { items } as unknown as DataTransfer
}

function many(count: number): Fake {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, 'file' as const]))
}

describe('what is dropped', () => {
  it('keeps its folders, also empty ones', async () => {
    const found = await droppedFiles(
      drop({ web: { 'index.html': 'file', css: { 'a.css': 'file' }, img: {} }, 'b.txt': 'file' }),
    )
    expect(found.map(({ file, folder }) => [folder, file?.name ?? null])).toEqual([
      ['web', 'index.html'],
      ['web/css', 'a.css'],
      ['web/img', null],
      ['', 'b.txt'],
    ])
  })

  it('is whole where a browser tells a hundred at a time', async () => {
    expect(await droppedFiles(drop({ web: many(droppedMax) }))).toHaveLength(droppedMax)
  })

  it('is refused as a whole where it is too much', async () => {
    await expect(droppedFiles(drop({ web: many(droppedMax + 1) }))).rejects.toThrow(TooManyDropped)
  })

  it('says what cannot be read', async () => {
    await expect(droppedFiles(drop({ a: 'file', b: 'unreadable' }))).rejects.toThrow('NotReadable')
  })
})
