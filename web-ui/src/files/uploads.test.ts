import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UploadParts } from '../wire/files.ts'
import { Problem } from '../wire/problem.ts'
import { askedBytesMin, doneMillis, UploadQueue, uploadsAtOnce } from './uploads.ts'

interface Call {
  readonly parts: Omit<UploadParts, 'announced'>
  readonly succeed: () => void
  readonly fail: (slug: string) => void
}

const stored = {
  fileId: 'f',
  version: 1,
  path: '',
  name: 'plan.pdf',
  size: 5,
  sha256: '0',
  mediaType: 'application/pdf',
}

let calls: Call[]
let taken: Set<string>
let folders: string[]
let queue: UploadQueue

function file(name: string): File {
  return new File(['12345'], name)
}

function drop(...names: string[]): void {
  queue.add(
    'rooms/r',
    '',
    names.map((name) => ({ file: file(name), folder: '' })),
  )
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

function call(at: number): Call {
  const found = calls[at]
  if (found === undefined) {
    throw new Error(`there is no call ${at}`)
  }
  return found
}

beforeEach(() => {
  vi.useFakeTimers()
  calls = []
  folders = []
  taken = new Set()
  queue = new UploadQueue({
    isTaken: (_space, path) => Promise.resolve(taken.has(path)),
    uploadFile: (parts) =>
      new Promise((resolve, reject) => {
        const succeed = () => resolve({ ...stored, path: parts.path })
        const fail = (slug: string) => reject(new Problem(slug, 0, ''))
        parts.signal.addEventListener('abort', () => fail('cancelled'))
        calls.push({ parts, succeed, fail })
      }),
    createFolder: (_space, path) => {
      folders.push(path)
      return Promise.resolve()
    },
  })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('an upload', () => {
  it('shows its progress and leaves the list a while after it is done', async () => {
    drop('plan.pdf')
    await settle()
    call(0).parts.onProgress(3)
    expect(queue.store.get()).toMatchObject([{ state: 'sending', sent: 3, size: 5 }])
    call(0).succeed()
    await settle()
    const isStored = { ...stored, path: 'plan.pdf' }
    expect(queue.store.get()).toMatchObject([{ state: 'done', sent: 5, stored: isStored }])
    vi.advanceTimersByTime(doneMillis)
    expect(queue.store.get()).toEqual([])
  })

  it('takes the next free name without sending many bytes in vain', async () => {
    taken = new Set(['plan.pdf', 'plan (2).pdf'])
    const big = new File([new Uint8Array(askedBytesMin)], 'plan.pdf')
    queue.add('rooms/r', '', [{ file: big, folder: '' }])
    await settle()
    expect(calls.map((each) => each.parts.path)).toEqual(['plan (3).pdf'])
  })

  it('takes another name when somebody was faster', async () => {
    drop('plan.pdf')
    await settle()
    call(0).fail('precondition-failed')
    await settle()
    expect(call(1).parts.path).toBe('plan (2).pdf')
  })

  it('can be cancelled and tried again', async () => {
    drop('plan.pdf')
    await settle()
    const id = queue.store.get()[0]?.id ?? ''
    queue.cancel(id)
    await settle()
    expect(queue.store.get()).toMatchObject([{ state: 'cancelled' }])
    queue.retry(id)
    await settle()
    call(1).succeed()
    await settle()
    expect(queue.store.get()).toMatchObject([{ state: 'done' }])
  })

  it('says why it failed', async () => {
    drop('plan.pdf')
    await settle()
    call(0).fail('storage-full')
    await settle()
    expect(queue.store.get()).toMatchObject([{ state: 'failed', problem: 'storage-full' }])
  })

  it('keeps the folders that were dropped with it', async () => {
    queue.add('people/me', 'web', [{ file: file('a.css'), folder: 'site/css' }])
    await settle()
    expect(call(0).parts.path).toBe('web/site/css/a.css')
  })
})

describe('several uploads', () => {
  it('are counted until none is left', async () => {
    drop('a', 'b', 'c')
    await settle()
    call(0).succeed()
    call(1).fail('too-large')
    await settle()
    expect(queue.counts.get().get('rooms/r')).toEqual({ total: 3, ended: 2 })
    vi.advanceTimersByTime(doneMillis)
    drop('d')
    expect(queue.counts.get().get('rooms/r')).toEqual({ total: 4, ended: 2 })
    expect(queue.isBusy()).toBe(true)
    call(2).succeed()
    await settle()
    call(3).succeed()
    await settle()
    expect(queue.isBusy()).toBe(false)
    drop('e')
    expect(queue.counts.get().get('rooms/r')).toEqual({ total: 1, ended: 0 })
  })

  it('are cancelled together', async () => {
    drop('a', 'b', 'c', 'd')
    await settle()
    queue.cancelAll('rooms/r')
    await settle()
    expect(queue.isBusy()).toBe(false)
    expect(calls).toHaveLength(uploadsAtOnce)
    expect(queue.store.get().map((each) => each.state)).toEqual(['cancelled', 'cancelled'])
  })

  it('make empty folders', async () => {
    queue.add('people/me', 'web', [{ file: null, folder: 'site/img' }])
    await settle()
    expect(folders).toEqual(['web/site/img'])
    expect(queue.store.get()).toMatchObject([{ state: 'done', name: 'img' }])
  })

  it('go a few at a time, in order', async () => {
    drop('a', 'b', 'c', 'd')
    await settle()
    expect(calls.map((each) => each.parts.path)).toEqual(['a', 'b'].slice(0, uploadsAtOnce))
    call(0).succeed()
    await settle()
    expect(calls.map((each) => each.parts.path)).toEqual(['a', 'b', 'c'])
  })

  it('do not stop because one failed', async () => {
    drop('a', 'b', 'c')
    await settle()
    call(1).fail('too-large')
    await settle()
    expect(calls).toHaveLength(3)
  })
})
