import { afterEach, describe, expect, it, vi } from 'vitest'
import { findRooms, getRoom, listMyRooms } from './rooms.ts'

const asked: string[] = []

function room(roomId: string) {
  const counts = { lastSeq: 1, memberCount: 1 }
  return { roomId, name: roomId, topic: '', visibility: 'public', member: true, ...counts }
}

/** The server has these pages; the cursor of each is its number. */
function serve(...pages: string[][]): void {
  asked.length = 0
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    const at = Number(new URL(path, 'http://tercet').searchParams.get('cursor') ?? 0)
    const next = at + 1 < pages.length ? { next: `${at + 1}` } : {}
    const body = { rooms: (pages[at] ?? []).map(room), ...next }
    return Promise.resolve(new Response(JSON.stringify(body)))
  })
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('my rooms', () => {
  it('are read to the last page, each once', async () => {
    serve(['a', 'b'], ['b', 'c'], [], ['d'])
    const rooms = await listMyRooms()
    expect(rooms.map((each) => each.roomId)).toEqual(['a', 'b', 'c', 'd'])
    expect(asked).toEqual([
      '/api/rooms?scope=mine&limit=200',
      '/api/rooms?scope=mine&limit=200&cursor=1',
      '/api/rooms?scope=mine&limit=200&cursor=2',
      '/api/rooms?scope=mine&limit=200&cursor=3',
    ])
  })
})

describe('a room', () => {
  it.each([
    ['owner', 'owner'],
    ['member', 'member'],
    ['moderator', 'member'],
    [undefined, null],
  ])('with the role %s is read as one in which I am %s', async (role, mine) => {
    const body = JSON.stringify({ ...room('a'), role })
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body)))
    expect(await getRoom('a', new AbortController().signal)).toMatchObject({ role: mine })
  })
})

describe('public rooms', () => {
  it('are looked for by what was typed, page by page', async () => {
    serve(['a'], ['b'])
    const { signal } = new AbortController()
    expect(await findRooms('项目 &', null, signal)).toMatchObject({ next: '1' })
    expect(await findRooms('  ', '1', signal)).toMatchObject({ next: null })
    expect(asked).toEqual([
      `/api/rooms?scope=public&q=${encodeURIComponent('项目')}+%26`,
      '/api/rooms?scope=public&cursor=1',
    ])
  })

  it('are looked for no more once nobody wants to know', async () => {
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => Promise.reject(signal?.reason))
    await expect(findRooms('a', null, AbortSignal.abort())).rejects.toMatchObject({
      slug: 'cancelled',
    })
  })
})
