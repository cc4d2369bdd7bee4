import { afterEach, describe, expect, it, vi } from 'vitest'
import { findRooms, getRoom, listMyRooms, openDirect } from './rooms.ts'

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

describe('a direct conversation', () => {
  const ada = { personId: 'p1', name: 'ada', guest: false }
  const grace = { personId: 'p2', name: 'grace', displayName: 'Grace H', guest: true }

  it('is opened with people, and has them', async () => {
    const sent: unknown[] = []
    vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) => {
      sent.push(path, method, JSON.parse(String(body)))
      const direct = { ...room('a'), kind: 'direct', people: [ada, grace] }
      return Promise.resolve(new Response(JSON.stringify(direct)))
    })
    const opened = await openDirect(['p2'])
    expect(sent).toEqual(['/api/direct', 'POST', { people: ['p2'] }])
    expect(opened.kind).toBe('direct')
    expect(opened.people.map((each) => each.personId)).toEqual(['p1', 'p2'])
  })

  it.each([{}, { kind: 'room' }, { kind: 'of a newer version' }])(
    'is no room that says %o of itself',
    async (says) => {
      const body = JSON.stringify({ ...room('a'), ...says })
      vi.stubGlobal('fetch', () => Promise.resolve(new Response(body)))
      const read = await getRoom('a', new AbortController().signal)
      expect(read).toMatchObject({ kind: 'room', people: [] })
    },
  )
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
