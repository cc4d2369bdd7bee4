// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Said } from '../chat/unsent-messages.ts'
import type { UploadWire } from '../files/uploads.ts'
import type { FileRef } from '../wire/frames.ts'
import { Problem } from '../wire/problem.ts'
import { type DraftMessage, DraftMessages, messageFilesMax } from './draft-messages.ts'
import { unsaidFileMillisMax } from './kept-draft-files.ts'

interface Call {
  readonly path: string
  readonly progress: (bytes: number) => void
  readonly succeed: () => void
  readonly fail: (slug: string) => void
}

let calls: Call[]
let drafts: Map<string, string>
let posts: [string, Said][]
let takes: boolean
let said: Set<string>
let takenBack: string[]
let messages: DraftMessages
const wire: UploadWire = {
  isTaken: () => Promise.resolve(false),
  createFolder: () => Promise.resolve(),
  uploadFile: ({ path, file, signal, onProgress }) =>
    new Promise((resolve, reject) => {
      const fail = (slug: string) => reject(new Problem(slug, 0, ''))
      signal.addEventListener('abort', () => fail('cancelled'))
      const succeed = () => resolve(stored(path, file.type))
      calls.push({ path, progress: onProgress, succeed, fail })
    }),
}

function stored(path: string, mediaType: string): FileRef {
  return { fileId: `id ${path}`, version: 1, path, name: path, size: 5, sha256: '0', mediaType }
}

function visit(): void {
  messages = new DraftMessages({
    wire,
    drafts: {
      draft: (place) => drafts.get(place) ?? '',
      setDraft: (place, text) => {
        drafts.set(place, text)
      },
    },
    post: (roomId, message) => {
      posts.push([roomId, message])
      return takes
    },
    isSaid: (_, fileId) => said.has(fileId),
    takeBack: (space, { path }) => takenBack.push(`${space}/${path}`),
  })
  messages.open('r')
}

function file(name: string, type = 'application/pdf'): File {
  return new File(['12345'], name, { type })
}

function attach(...names: string[]): void {
  messages.add(
    'r',
    names.map((name) => file(name)),
  )
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

function call(path: string): Call {
  const found = calls.findLast((each) => each.path === path)
  if (found === undefined) {
    throw new Error(`nothing uploads ${path}`)
  }
  return found
}

function draft(): DraftMessage {
  return messages.of('r')
}

function idOf(name: string): string {
  return draft().files.find((each) => each.name === name)?.id ?? ''
}

function states(): string[] {
  return draft().files.map(({ name, state }) => `${name} ${state}`)
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(new Date('2026-12-01T14:32:00Z'))
  URL.createObjectURL = vi.fn(({ size }: Blob) => `blob:${size}`) as typeof URL.createObjectURL
  URL.revokeObjectURL = vi.fn()
  calls = []
  drafts = new Map()
  posts = []
  takes = true
  said = new Set()
  takenBack = []
  visit()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('the files of a message', () => {
  it('are uploaded at once, and say how far they are', async () => {
    attach('plan.pdf')
    await settle()
    call('plan.pdf').progress(3)
    expect(draft().files).toMatchObject([{ state: 'uploading', sent: 3, size: 5 }])
    expect(messages.isBusy()).toBe(true)
    call('plan.pdf').succeed()
    await settle()
    expect(draft().files).toMatchObject([{ state: 'uploaded', stored: { fileId: 'id plan.pdf' } }])
    expect(messages.isBusy()).toBe(false)
    expect(posts).toEqual([])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(states()).toEqual(['plan.pdf uploaded'])
  })

  it('show their picture, if they are one that is no danger', () => {
    messages.add('r', [file('a.png', 'image/png'), file('b.svg', 'image/svg+xml'), file('c.pdf')])
    expect(draft().files.map(({ picture }) => picture)).toEqual(['blob:5', null, null])
    messages.remove('r', idOf('a.png'))
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:5')
  })

  it('are so many at most, and the others are counted', () => {
    attach(...Array.from({ length: messageFilesMax - 1 }, (_, at) => `${at}`))
    attach('last', 'too many', 'more')
    expect(draft().files).toHaveLength(messageFilesMax)
    expect(draft().leftOut).toBe(2)
    messages.remove('r', idOf('last'))
    expect(draft().leftOut).toBe(0)
  })

  it('go with the text and the answer as one message', async () => {
    drafts.set('r', 'look')
    drafts.set('r/reply', '7')
    attach('b.pdf', 'a.pdf')
    await settle()
    call('a.pdf').succeed()
    call('b.pdf').succeed()
    await settle()
    expect(messages.send('r')).toBe(true)
    const files = [stored('b.pdf', 'application/pdf'), stored('a.pdf', 'application/pdf')]
    expect(posts).toEqual([['r', { text: 'look', replyTo: 7, files }]])
    expect(draft()).toEqual({ files: [], waits: false, blocked: false, leftOut: 0, taken: 1 })
    expect([...drafts.values()].filter((each) => each !== '')).toEqual([])
  })

  it('go without a text', async () => {
    drafts.set('r', '\n ')
    attach('plan.pdf')
    await settle()
    call('plan.pdf').succeed()
    await settle()
    messages.send('r')
    expect(posts).toMatchObject([['r', { text: '', files: [{ fileId: 'id plan.pdf' }] }]])
  })

  it('let the message wait, which goes by itself whatever room is shown', async () => {
    drafts.set('r', 'look')
    attach('plan.pdf')
    await settle()
    expect(messages.send('r')).toBe(false)
    expect(draft().waits).toBe(true)
    messages.open('elsewhere')
    call('plan.pdf').succeed()
    await settle()
    expect(posts).toMatchObject([['r', { text: 'look' }]])
    expect(draft()).toMatchObject({ waits: false, taken: 1, files: [] })
  })

  it('let the message stay where somebody no longer wants to send it', async () => {
    attach('plan.pdf')
    messages.send('r')
    messages.stopWaiting('r')
    await settle()
    call('plan.pdf').succeed()
    await settle()
    expect(posts).toEqual([])
    expect(draft()).toMatchObject({ waits: false, taken: 0 })
  })

  it('let the message stay where one of them is removed meanwhile', async () => {
    attach('plan.pdf', 'slow.pdf')
    await settle()
    call('plan.pdf').succeed()
    await settle()
    messages.send('r')
    messages.remove('r', idOf('slow.pdf'))
    await settle()
    expect(posts).toEqual([])
    expect(draft().waits).toBe(false)
    expect(messages.send('r')).toBe(true)
  })

  it('are not left out if they fail: the message stays until they are tried again', async () => {
    drafts.set('r', 'look')
    attach('plan.pdf')
    messages.send('r')
    await settle()
    call('plan.pdf').fail('storage-full')
    await settle()
    expect(draft()).toMatchObject({ waits: false, blocked: true })
    expect(draft().files).toMatchObject([{ state: 'failed', problem: 'storage-full' }])
    expect(messages.send('r')).toBe(false)
    messages.retry('r', idOf('plan.pdf'))
    await settle()
    expect(draft().blocked).toBe(false)
    call('plan.pdf').succeed()
    await settle()
    expect(messages.send('r')).toBe(true)
    expect(posts).toMatchObject([['r', { text: 'look', files: [{ name: 'plan.pdf' }] }]])
  })

  it('stay where the room takes no message', async () => {
    takes = false
    drafts.set('r', 'look')
    attach('plan.pdf')
    messages.send('r')
    await settle()
    call('plan.pdf').succeed()
    await settle()
    expect(draft()).toMatchObject({ waits: false, taken: 0, files: [{ state: 'uploaded' }] })
    expect(drafts.get('r')).toBe('look')
  })

  it('leave the room when they are removed, but not out of a message', async () => {
    attach('plan.pdf', 'sent.pdf', 'half.pdf')
    await settle()
    call('plan.pdf').succeed()
    call('sent.pdf').succeed()
    await settle()
    said.add('id sent.pdf')
    for (const name of ['plan.pdf', 'sent.pdf', 'half.pdf']) {
      messages.remove('r', idOf(name))
    }
    await settle()
    expect(takenBack).toEqual(['rooms/r/plan.pdf'])
    expect(draft().files).toEqual([])
    expect(messages.isBusy()).toBe(false)
  })

  it('that were stored survive a reload, and those that were not are said to be lost', async () => {
    messages.add('r', [file('a.png', 'image/png'), file('b.pdf')])
    await settle()
    call('a.png').succeed()
    await settle()
    visit()
    expect(states()).toEqual(['a.png uploaded', 'b.pdf lost'])
    expect(draft().files[0]?.picture).toBe('/api/files/by-id/id%20a.png?version=1')
    expect(messages.send('r')).toBe(false)
    expect(draft().blocked).toBe(true)
    messages.remove('r', idOf('b.pdf'))
    expect(messages.send('r')).toBe(true)
    expect(posts).toMatchObject([['r', { files: [{ fileId: 'id a.png', version: 1 }] }]])
    visit()
    expect(draft().files).toEqual([])
  })

  it('are lost when the room does not know them any more', async () => {
    attach('plan.pdf')
    await settle()
    call('plan.pdf').succeed()
    await settle()
    await vi.advanceTimersByTimeAsync(unsaidFileMillisMax)
    visit()
    expect(states()).toEqual(['plan.pdf lost'])
  })

  it('of a page of another version are none', () => {
    for (const kept of ['{', '{"files":3}', '{"files":[{"name":"a"}]}']) {
      drafts.set('r/files', kept)
      visit()
      expect(draft().files).toEqual([])
    }
  })
})

describe('a text that is too long', () => {
  const name = `message-${stampOf(new Date('2026-12-01T14:32:00Z'))}.md`

  function stampOf(at: Date): string {
    const two = (value: number) => `${value}`.padStart(2, '0')
    const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
    return `${date}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
  }

  it('goes as a file with the other files', async () => {
    drafts.set('r', 'long')
    attach('plan.pdf')
    const sent = messages.sendAsFile('r', 'long')
    await settle()
    call(name).succeed()
    await settle()
    await sent
    expect(draft()).toMatchObject({ waits: true, taken: 1 })
    expect(drafts.get('r')).toBe('')
    call('plan.pdf').succeed()
    await settle()
    expect(posts).toMatchObject([
      ['r', { text: '', files: [{ path: 'plan.pdf' }, { path: name }] }],
    ])
  })

  it('stays if the file does not arrive, and the file goes', async () => {
    drafts.set('r', 'long')
    const sent = messages.sendAsFile('r', 'long')
    const failed = expect(sent).rejects.toMatchObject({ slug: 'storage-full' })
    await settle()
    call(name).fail('storage-full')
    await settle()
    await failed
    expect(drafts.get('r')).toBe('long')
    expect(draft().files).toEqual([])
  })

  it('stays if somebody goes on writing it', async () => {
    drafts.set('r', 'long')
    const sent = messages.sendAsFile('r', 'long')
    await settle()
    drafts.set('r', 'longer')
    call(name).succeed()
    await settle()
    await sent
    expect(drafts.get('r')).toBe('longer')
    expect(posts).toEqual([])
    expect(states()).toEqual([`${name} uploaded`])
  })
})
