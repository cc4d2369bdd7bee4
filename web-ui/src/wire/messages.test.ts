import { afterEach, describe, expect, it, vi } from 'vitest'
import { deleteMessage, editMessage, getMessage, listReplies } from './messages.ts'

const message = {
  seq: 7,
  kind: 'message',
  personId: 'p',
  name: 'ada',
  sentAt: '2026-11-23T08:00:00Z',
  clientMessageId: 'c',
  text: 'as it is now',
  version: 9,
  editedAt: '2026-11-23T08:01:00Z',
}

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

describe('a message', () => {
  it('is edited in the version that was read', async () => {
    const asked = serve(200, message)
    expect(await editMessage('r/1', 7, 7, 'new')).toEqual(message)
    const [path, init] = asked[0] ?? ['', {}]
    expect(path).toBe('/api/rooms/r%2F1/messages/7')
    expect(init).toMatchObject({
      method: 'PATCH',
      body: '{"text":"new"}',
      headers: { 'If-Match': '"7"', 'Content-Type': 'application/json' },
    })
  })

  it('is not edited if it has changed meanwhile', async () => {
    serve(412, { type: 'urn:tercet:problem:precondition-failed' })
    await expect(editMessage('r', 7, 7, 'new')).rejects.toMatchObject({
      slug: 'precondition-failed',
    })
  })

  it('has replies, which are read in pages', async () => {
    const reply = { ...message, seq: 9, replyTo: 7, replies: 2 }
    const asked = serve(200, { entries: [reply], more: true })
    expect(await listReplies('r/1', 7, 8)).toEqual({ entries: [reply], more: true })
    expect(asked[0]?.[0]).toBe('/api/rooms/r%2F1/messages/7/replies?after=8&limit=200')
  })

  it('is read, and deleted', async () => {
    serve(200, message)
    expect(await getMessage('r', 7)).toEqual(message)
    const asked = serve(204, null)
    await deleteMessage('r', 7)
    expect(asked).toMatchObject([['/api/rooms/r/messages/7', { method: 'DELETE' }]])
  })
})
