import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ClientFrame } from './frames.ts'
import { parseFrame, parseMessage } from './parse-frame.ts'

// The contracts folder stands beside web-ui; vitest runs in web-ui.
function golden(name: string): readonly { readonly [member: string]: unknown }[] {
  return JSON.parse(readFileSync(`../contracts/chat/${name}`, 'utf8'))
}

describe('a frame from the server', () => {
  for (const frame of golden('server-frames.json')) {
    const kind = frame.kind === undefined ? '' : ` ${String(frame.kind)}`
    it(`is read without loss: ${String(frame.type)}${kind}`, () => {
      const parsed = parseFrame(JSON.stringify(frame))
      if (parsed?.type === 'entry' && parsed.entry.kind === 'other') {
        const { seq, personId, name, sentAt } = parsed.entry
        expect(frame).toMatchObject({ seq, personId, name, sentAt, roomId: parsed.roomId })
      } else if (parsed?.type === 'entry') {
        const { entry, ...rest } = parsed
        expect({ ...rest, ...entry }).toEqual(frame)
      } else {
        expect(parsed).toEqual(frame)
      }
    })
  }

  it('is ignored if its type is unknown', () => {
    expect(parseFrame('{"type":"dance"}')).toBeNull()
    expect(parseFrame('{"type":"toString"}')).toBeNull()
  })

  it('is ignored if it breaks the contract', () => {
    expect(parseFrame('hello')).toBeNull()
    expect(parseFrame('[1]')).toBeNull()
    expect(parseFrame('{"type":"behind","roomId":"r","after":"4"}')).toBeNull()
    expect(parseFrame('{"type":"presence","roomId":"r","count":1,"here":{}}')).toBeNull()
  })

  it('may carry members that nobody knows', () => {
    expect(parseFrame('{"type":"pong","requestId":"r6","mood":"good"}')).toEqual({
      type: 'pong',
      requestId: 'r6',
    })
  })

  it('may tell of a file without a version, as old entries do', () => {
    const frame = parseFrame(
      '{"type":"entry","roomId":"r","seq":9,"kind":"file","personId":"p","name":"ada","sentAt":"2026-11-23T08:00:00Z","file":{"fileId":"f","path":"a","name":"a","size":1,"sha256":"0"}}',
    )
    expect(frame).toMatchObject({ entry: { file: { fileId: 'f', version: null } } })
  })

  it('may leave out for how long messages are edited: always', () => {
    const [welcome] = golden('server-frames.json')
    const { editSeconds: _, ...without } = welcome as { readonly editSeconds: number }
    expect(parseFrame(JSON.stringify(without))).toEqual({ ...without, editSeconds: null })
  })

  it('keeps the place of an entry whose kind is unknown', () => {
    const frame = parseFrame(
      '{"type":"entry","roomId":"r","seq":9,"kind":"poll","personId":"p","name":"ada","sentAt":"2026-11-23T08:00:00Z"}',
    )
    expect(frame).toMatchObject({ type: 'entry', entry: { seq: 9, kind: 'other' } })
  })
})

describe('a message from the server', () => {
  it('holds one frame a line, in order', () => {
    const frames = parseMessage(
      '{"type":"pong","requestId":"a"}\nnonsense\n{"type":"pong","requestId":"b"}\n',
    )
    expect(frames.map((frame) => (frame.type === 'pong' ? frame.requestId : '?'))).toEqual([
      'a',
      'b',
    ])
  })
})

describe('a frame from the client', () => {
  it('has the golden shape', () => {
    const room = '0b8f2f66-6f0e-4d1c-9a55-0d6a1b0c7e11'
    const ours: ClientFrame[] = [
      { type: 'subscribe', requestId: 'r1', roomId: room, after: 4711 },
      {
        type: 'subscribe',
        requestId: 'r7',
        roomId: room,
        after: 4711,
        epoch: '5f0c6a52-8d5e-4a55-9d0b-6e6a2f1c7d31',
      },
      { type: 'subscribe', requestId: 'r2', roomId: room, latest: 50 },
      { type: 'unsubscribe', requestId: 'r3', roomId: room },
      {
        type: 'post',
        requestId: 'r4',
        roomId: room,
        clientMessageId: '6a0f0d9e-1',
        text: '你好, Tercet 👋',
      },
      {
        type: 'post',
        requestId: 'r9',
        roomId: room,
        clientMessageId: '6a0f0d9e-4',
        text: 'hello, ada',
        replyTo: 4712,
      },
      {
        type: 'post',
        requestId: 'r10',
        roomId: room,
        clientMessageId: '6a0f0d9e-6',
        text: '',
        files: [
          { fileId: '9d0b7a3c-1f43-4a9e-8a37-2f9c1d0e5b67', version: 1 },
          { fileId: '9d0b7a3c-1f43-4a9e-8a37-2f9c1d0e5b68', version: 2 },
        ],
      },
      { type: 'history', requestId: 'r5', roomId: room, before: 4662, limit: 50 },
      { type: 'ping', requestId: 'r6' },
    ]
    expect(ours).toEqual(golden('client-frames.json'))
  })
})
