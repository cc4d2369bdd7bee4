import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseFrame } from './parse-frame.ts'
import { listPins, setPin } from './pins.ts'
import { listReactions, setReaction } from './reactions.ts'

const ada = { personId: 'p', name: 'ada', displayName: 'Ada' }

/** What was asked for; the server answers everything with this. */
function serve(status: number, body: unknown): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`)
    return Promise.resolve(new Response(body === null ? null : JSON.stringify(body), { status }))
  })
  return asked
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a reaction', () => {
  it('is put to a message and taken back; whatever it is stays in its place in the address', async () => {
    const asked = serve(204, null)
    await setReaction('r', 7, '👍', true)
    await setReaction('r', 7, '#️⃣', false)
    await setReaction('r', 7, '../../x?y', true)
    expect(asked).toEqual([
      'PUT /api/rooms/r/messages/7/reactions/%F0%9F%91%8D',
      'DELETE /api/rooms/r/messages/7/reactions/%23%EF%B8%8F%E2%83%A3',
      'PUT /api/rooms/r/messages/7/reactions/..%2F..%2Fx%3Fy',
    ])
  })

  it('is refused with its reason', async () => {
    serve(409, { type: 'urn:tercet:problem:too-many-reactions' })
    await expect(setReaction('r', 7, '👍', true)).rejects.toMatchObject({
      slug: 'too-many-reactions',
    })
  })

  it('says who reacted so', async () => {
    const reactions = [{ emoji: '👍', count: 21, mine: true, people: [ada] }]
    const asked = serve(200, { reactions })
    expect(await listReactions('r', 7)).toEqual(reactions)
    expect(asked).toEqual(['GET /api/rooms/r/messages/7/reactions'])
  })
})

describe('a pin', () => {
  it('is put to a message and ended', async () => {
    const asked = serve(204, null)
    await setPin('r', 7, true)
    await setPin('r', 7, false)
    expect(asked).toEqual(['PUT /api/rooms/r/messages/7/pin', 'DELETE /api/rooms/r/messages/7/pin'])
  })

  it('shows among those of the room, with the message as it is now', async () => {
    const message = {
      seq: 7,
      kind: 'message',
      ...ada,
      sentAt: '2026-11-23T08:00:00Z',
      clientMessageId: 'c',
      text: 'hi',
      version: 7,
      asOf: 12,
      pinned: { personId: 'q', name: 'grace', at: '2026-11-23T08:05:00Z' },
      reactions: [{ emoji: '👍', count: 2, mine: false }],
    }
    const asked = serve(200, { entries: [message] })
    expect(await listPins('r')).toEqual([message])
    expect(asked).toEqual(['GET /api/rooms/r/pins'])
  })
})

describe('an entry about a reaction or a pin', () => {
  const entry = { type: 'entry', roomId: 'r', seq: 9, ...ada, sentAt: '2026-11-23T08:00:00Z' }

  it.each([
    { kind: 'reacted', reacted: { targetSeq: 7, emoji: '👍' } },
    { kind: 'unreacted', unreacted: { targetSeq: 7, emoji: '👍' } },
    { kind: 'pinned', pinned: { targetSeq: 7 } },
    { kind: 'unpinned', unpinned: { targetSeq: 7 } },
  ])('is read without loss: $kind', (details) => {
    const { type, roomId, ...rest } = { ...entry, ...details }
    expect(parseFrame(JSON.stringify({ ...entry, ...details }))).toEqual({
      type,
      roomId,
      entry: rest,
    })
  })

  it('is left out if it does not say which message it is about', () => {
    expect(parseFrame(JSON.stringify({ ...entry, kind: 'reacted', reacted: {} }))).toBeNull()
    expect(parseFrame(JSON.stringify({ ...entry, kind: 'pinned' }))).toBeNull()
  })
})
