import { afterEach, describe, expect, it, vi } from 'vitest'
import { getUnread, putRead } from './reading.ts'

/** What was asked for; the server answers everything with this. */
function serve(status: number, body: unknown): [string, RequestInit][] {
  const asked: [string, RequestInit][] = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push([path, init])
    return Promise.resolve(new Response(body === null ? null : JSON.stringify(body), { status }))
  })
  return asked
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('what is unread', () => {
  it('is asked for, and names the first of it', async () => {
    const answer = { lastSeq: 40, lastReadSeq: 7, unread: 2, firstUnreadSeq: 9, mentions: [9, 12] }
    const asked = serve(200, answer)
    expect(await getUnread('r/1')).toEqual(answer)
    expect(asked[0]?.[0]).toBe('/api/rooms/r%2F1/unread')
  })

  it('may be nothing', async () => {
    serve(200, { lastSeq: 40, lastReadSeq: 40, unread: 0 })
    expect(await getUnread('r')).toMatchObject({ unread: 0, firstUnreadSeq: null, mentions: [] })
  })
})

describe('the place of a reader', () => {
  it('is told also while the page closes', async () => {
    const asked = serve(204, null)
    await putRead([{ roomId: 'r', seq: 7 }], false)
    expect(asked).toMatchObject([
      [
        '/api/people/me/read',
        { method: 'PUT', keepalive: true, body: '{"rooms":[{"roomId":"r","seq":7}]}' },
      ],
    ])
  })

  it('goes back only if that is said', async () => {
    const asked = serve(204, null)
    await putRead([{ roomId: 'r', seq: 7 }], true)
    expect(asked[0]?.[1].body).toBe('{"rooms":[{"roomId":"r","seq":7}],"back":true}')
  })
})
