import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backOffMillis } from './back-off.ts'
import {
  Connection,
  type ConnectionState,
  connectMillisMax,
  pingMillis,
  pongMillisMax,
  pongMillisUsual,
  provenMillis,
  pulseMillis,
  type SocketLike,
} from './connection.ts'
import type { ServerFrame } from './frames.ts'
import { Pacer } from './pacer.ts'

class FakeSocket implements SocketLike {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null
  onclose: ((event: { readonly code: number }) => void) | null = null
  readonly sent: string[] = []
  closed = false
  send(text: string): void {
    this.sent.push(text)
  }
  close(): void {
    this.closed = true
  }
}

const welcome = JSON.stringify({
  type: 'welcome',
  protocol: 1,
  person: { personId: 'p', name: 'ada', guest: false },
  serverTime: '2026-11-23T08:00:00Z',
  textCharactersMax: 4000,
  logEpoch: 'first',
})

let sockets: FakeSocket[]
let states: ConnectionState[]
let frames: ServerFrame[]
let session: () => Promise<boolean>
let connection: Connection

function socket(): FakeSocket {
  const last = sockets.at(-1)
  if (last === undefined) {
    throw new Error('no socket was opened')
  }
  return last
}

function connect(): FakeSocket {
  connection.start()
  socket().onmessage?.({ data: welcome })
  return socket()
}

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
  states = []
  frames = []
  session = () => Promise.resolve(true)
  connection = new Connection({
    open: () => {
      sockets.push(new FakeSocket())
      return socket()
    },
    hasSession: () => session(),
    onState: (state) => states.push(state),
    onFrames: (received) => frames.push(...received),
    now: () => Date.now(),
    random: () => 0.5,
  })
})

afterEach(() => {
  connection.stop()
  vi.useRealTimers()
})

describe('a connection', () => {
  it('is connected when the welcome is here, not before', () => {
    connection.start()
    expect(states.map((state) => state.status)).toEqual(['connecting'])
    socket().onmessage?.({ data: welcome })
    expect(states.map((state) => state.status)).toEqual(['connecting', 'connected'])
    expect(frames.map((frame) => frame.type)).toEqual(['welcome'])
  })

  it('sends only while it is connected', () => {
    connection.send({ type: 'ping', requestId: 'early' })
    connect()
    connection.send({ type: 'ping', requestId: 'now' })
    expect(socket().sent).toEqual(['{"type":"ping","requestId":"now"}'])
  })

  it('comes back by itself after the service restarts', () => {
    connect().onclose?.({ code: 4000 })
    expect(connection.state).toMatchObject({ status: 'disconnected', why: 'interrupted' })
    vi.advanceTimersByTime(backOffMillis(0, 0.5))
    expect(sockets).toHaveLength(2)
    socket().onmessage?.({ data: welcome })
    expect(connection.state.status).toBe('connected')
  })

  it('says when it will try again', () => {
    connect().onclose?.({ code: 1006 })
    expect(connection.state).toMatchObject({ retryAt: Date.now() + backOffMillis(0, 0.5) })
  })

  it('waits longer after each failure, up to a cap', async () => {
    connection.start()
    const waits: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      socket().onclose?.({ code: 1006 })
      const state = connection.state
      if (state.status === 'disconnected' && state.retryAt !== null) {
        waits.push(state.retryAt - Date.now())
        await vi.advanceTimersByTimeAsync(state.retryAt - Date.now())
      }
    }
    expect(waits).toEqual([375, 750, 1_500, 3_000, 6_000, 11_250, 11_250, 11_250])
  })

  it('starts from the shortest wait again once a connection has held', () => {
    connect().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(5_000)
    socket().onmessage?.({ data: welcome })
    vi.advanceTimersByTime(provenMillis)
    socket().onclose?.({ code: 1006 })
    expect(connection.state).toMatchObject({ retryAt: Date.now() + backOffMillis(0, 0.5) })
  })

  it('gives an overloaded server more time', () => {
    connect().onclose?.({ code: 4002 })
    vi.advanceTimersByTime(9_999)
    expect(sockets).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(sockets).toHaveLength(2)
  })

  it.each([
    [4500, 'signed-out'],
    [4501, 'refused'],
    [4502, 'refused'],
  ])('does not come back after %i: %s', (code, why) => {
    connect().onclose?.({ code })
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(connection.state).toEqual({ status: 'disconnected', retryAt: null, why })
  })

  it('asks for the session when an upgrade was refused, and ends if there is none', async () => {
    session = () => Promise.resolve(false)
    connection.start()
    socket().onclose?.({ code: 1006 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sockets).toHaveLength(1)
    expect(connection.state).toMatchObject({ retryAt: null, why: 'signed-out' })
  })

  it('keeps waiting while nobody answers', async () => {
    session = () => Promise.reject(new Error('no route'))
    connection.start()
    socket().onclose?.({ code: 1006 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sockets).toHaveLength(1)
    session = () => Promise.resolve(true)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(sockets).toHaveLength(2)
  })

  it('gives up an attempt that hangs', () => {
    connection.start()
    vi.advanceTimersByTime(connectMillisMax)
    expect(socket().closed).toBe(true)
    expect(connection.state).toMatchObject({ status: 'disconnected', why: 'interrupted' })
  })

  it('pings a line that is quiet and leaves one that went silent', () => {
    const first = connect()
    vi.advanceTimersByTime(pingMillis)
    expect(first.sent).toEqual(['{"type":"ping","requestId":"ping-1"}'])
    first.onmessage?.({ data: '{"type":"pong","requestId":"ping-1"}' })
    vi.advanceTimersByTime(pingMillis)
    expect(first.sent).toHaveLength(2)
    vi.advanceTimersByTime(pongMillisMax)
    expect(first.closed).toBe(true)
    expect(connection.state.status).toBe('disconnected')
  })

  it('says within half a minute that nothing is heard, and takes it back', () => {
    const first = connect()
    vi.advanceTimersByTime(pingMillis + pongMillisUsual - 1)
    expect(connection.state).toEqual({ status: 'connected', silent: false })
    vi.advanceTimersByTime(1)
    expect(connection.state).toEqual({ status: 'connected', silent: true })
    expect(pingMillis + pongMillisUsual).toBeLessThan(30_000)
    first.onmessage?.({ data: '{"type":"pong","requestId":"ping-1"}' })
    expect(connection.state).toEqual({ status: 'connected', silent: false })
    vi.advanceTimersByTime(pingMillis - 1)
    expect(first.closed).toBe(false)
  })

  it('doubts the line as soon as a page runs again that stood still', () => {
    const first = connect()
    vi.advanceTimersByTime(pulseMillis)
    // The clock went on while no timer ran.
    vi.setSystemTime(Date.now() + 43_000)
    vi.advanceTimersByTime(pulseMillis)
    expect(connection.state).toEqual({ status: 'connected', silent: true })
    expect(first.sent).toEqual(['{"type":"ping","requestId":"ping-1"}'])
    vi.advanceTimersByTime(pongMillisMax)
    expect(connection.state.status).toBe('disconnected')
  })

  it('asks at once when the network may have changed, and once only', () => {
    const first = connect()
    connection.check(false)
    expect(connection.state).toEqual({ status: 'connected', silent: false })
    connection.check(true)
    expect(connection.state).toEqual({ status: 'connected', silent: true })
    expect(first.sent).toEqual(['{"type":"ping","requestId":"ping-1"}'])
    first.onmessage?.({ data: '{"type":"pong","requestId":"ping-1"}' })
    expect(connection.state).toEqual({ status: 'connected', silent: false })
  })

  it('tries at once when it is told that the network is back', async () => {
    connect().onclose?.({ code: 1006 })
    connection.retryNow()
    await vi.advanceTimersByTimeAsync(0)
    expect(sockets).toHaveLength(2)
  })

  it('stays closed when it was stopped', () => {
    const first = connect()
    connection.stop()
    expect(first.closed).toBe(true)
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
  })
})

describe('the pacer', () => {
  it('keeps a burst below the limit of the server and loses nothing', () => {
    connect()
    for (let n = 0; n < 200; n++) {
      connection.send({ type: 'ping', requestId: `r${n}` })
    }
    expect(socket().sent).toHaveLength(Pacer.burst)
    vi.advanceTimersByTime(1_000)
    expect(socket().sent.length).toBeLessThanOrEqual(Pacer.burst + Pacer.perSecond)
    vi.advanceTimersByTime(10_000)
    expect(socket().sent).toHaveLength(200)
    expect(socket().sent.at(-1)).toBe('{"type":"ping","requestId":"r199"}')
  })
})
