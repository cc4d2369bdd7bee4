import { backOffMillis, overloadedMillisMin } from './back-off.ts'
import { closeRule } from './close-rule.ts'
import type { ClientFrame, ServerFrame } from './frames.ts'
import { Pacer } from './pacer.ts'
import { parseMessage } from './parse-frame.ts'

/**
 * - `disconnected`: no line. `retryAt` (milliseconds of the clock) says when the next attempt is, and
 *   is `null` if there will be none; `why` says what ended it.
 * - `connecting`: an attempt is under way. It has succeeded when the server's `welcome` is here.
 * - `connected`: frames may be sent. `silent` says that the server owes an answer: whether it still
 *   hears us is being asked.
 */
export type ConnectionState =
  | {
      readonly status: 'disconnected'
      readonly retryAt: number | null
      readonly why: 'not-started' | 'interrupted' | 'signed-out' | 'refused'
    }
  | { readonly status: 'connecting' }
  | { readonly status: 'connected'; readonly silent: boolean }

/** The part of WebSocket that is used here; tests bring their own. */
export interface SocketLike {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onclose: ((event: { readonly code: number }) => void) | null
  send(text: string): void
  close(code?: number): void
}

export interface ConnectionParts {
  readonly open: () => SocketLike
  /**
   * Asked before another attempt when the last one failed without a welcome, because a browser hides
   * the status of a refused upgrade: is there still a session? Rejects if nobody answers.
   */
  readonly hasSession: () => Promise<boolean>
  readonly onState: (state: ConnectionState) => void
  /** All frames of one WebSocket message, in order. */
  readonly onFrames: (frames: readonly ServerFrame[]) => void
  readonly now: () => number
  /** A number in [0, 1). */
  readonly random: () => number
}

export const connectMillisMax = 10_000
/** So long after the last frame the server is asked; contracts/chat/frames.md wants every 30 s. */
export const pingMillis = 20_000
/** So long without an answer the line counts as silent: before the next ping would be due. */
export const pongMillisUsual = 4_000
export const pongMillisMax = 10_000
/** How often the clock is looked at: it says when the page itself stood still. */
export const pulseMillis = 2_000
/** A connection that lived this long has proved itself: back-off starts again from the beginning. */
export const provenMillis = 5_000

/**
 * One WebSocket that is kept open: disconnected → connecting → connected, and back to disconnected
 * whenever the line breaks, with a capped, jittered wait before the next attempt.
 *
 * What was sent may be lost with the line: the owner repeats what was not answered after the next
 * `connected`. Confined to the page's one thread.
 */
export class Connection {
  readonly #parts: ConnectionParts
  #state: ConnectionState = { status: 'disconnected', retryAt: null, why: 'not-started' }
  #socket: SocketLike | null = null
  #pacer: Pacer | null = null
  #failures = 0
  #connectedAt = 0
  #pings = 0
  #timers = new Set<ReturnType<typeof setTimeout>>()
  #heardAt = 0
  #asking = false
  #pulse: ReturnType<typeof setInterval> | null = null

  constructor(parts: ConnectionParts) {
    this.#parts = parts
  }

  get state(): ConnectionState {
    return this.#state
  }

  start(): void {
    if (this.#state.status === 'disconnected') {
      this.#connect()
    }
  }

  /** Ends the connection for good; `start` may begin another. */
  stop(): void {
    const socket = this.#release()
    socket?.close(1000)
    this.#failures = 0
    this.#enter({ status: 'disconnected', retryAt: null, why: 'not-started' })
  }

  /** The wait is over early: the network is back, or somebody pressed the button. */
  retryNow(): void {
    if (this.#state.status === 'disconnected' && this.#state.retryAt !== null) {
      this.#clearTimers()
      void this.#tryAgain()
    }
  }

  /**
   * The line may be gone without a word: the network changed, or the page was asleep. Tries again if
   * there is none, and asks the server if there is one.
   *
   * @param doubt whether the line counts as silent at once; it does anyway if nothing was heard for
   *     longer than a ping takes to be sent
   */
  check(doubt: boolean): void {
    this.retryNow()
    if (this.#state.status === 'connected') {
      const heardLately = this.#parts.now() - this.#heardAt < pingMillis
      if (doubt || !heardLately) {
        this.#fallSilent()
      }
      this.#ping()
    }
  }

  /** Sends, or drops the frame if there is no connection: see the class comment. */
  send(frame: ClientFrame): void {
    if (this.#state.status === 'connected') {
      this.#pacer?.send(JSON.stringify(frame))
    }
  }

  #connect(): void {
    this.#clearTimers()
    this.#enter({ status: 'connecting' })
    const socket = this.#parts.open()
    this.#socket = socket
    this.#pacer = new Pacer((text) => socket.send(text), this.#parts.now)
    socket.onmessage = (event) => this.#heard(event.data)
    socket.onclose = (event) => this.#closed(event.code)
    this.#after(connectMillisMax, () => this.#abandon())
  }

  #heard(data: unknown): void {
    if (typeof data !== 'string') {
      return
    }
    const frames = parseMessage(data)
    if (this.#state.status === 'connecting' && frames[0]?.type === 'welcome') {
      this.#connectedAt = this.#parts.now()
      this.#startPulse()
      this.#enter({ status: 'connected', silent: false })
    }
    if (this.#state.status === 'connected') {
      if (this.#state.silent) {
        this.#enter({ status: 'connected', silent: false })
      }
      this.#heardAt = this.#parts.now()
      this.#asking = false
      this.#clearTimers()
      this.#after(pingMillis, () => this.#ping())
      this.#parts.onFrames(frames)
    }
  }

  #ping(): void {
    if (this.#asking) {
      return
    }
    this.#asking = true
    this.#pings += 1
    this.send({ type: 'ping', requestId: `ping-${this.#pings}` })
    // A line that broke without a word (a laptop that slept) is only found by its silence.
    this.#after(pongMillisUsual, () => this.#fallSilent())
    this.#after(pongMillisMax, () => this.#abandon())
  }

  #fallSilent(): void {
    if (this.#state.status === 'connected' && !this.#state.silent) {
      this.#enter({ status: 'connected', silent: true })
    }
  }

  // Timers stand still with the page, but the clock does not.
  #startPulse(): void {
    this.#stopPulse()
    let beatAt = this.#parts.now()
    this.#pulse = setInterval(() => {
      const slept = this.#parts.now() - beatAt >= pulseMillis * 2
      beatAt = this.#parts.now()
      if (slept) {
        this.check(false)
      }
    }, pulseMillis)
  }

  #stopPulse(): void {
    if (this.#pulse !== null) {
      clearInterval(this.#pulse)
      this.#pulse = null
    }
  }

  #abandon(): void {
    const socket = this.#release()
    socket?.close()
    this.#interrupted(0)
  }

  #closed(code: number): void {
    this.#release()
    const rule = closeRule(code)
    switch (rule) {
      case 'reconnect':
        return this.#interrupted(0)
      case 'reconnect-later':
        return this.#interrupted(overloadedMillisMin)
      case 'signed-out':
      case 'refused':
        return this.#enter({ status: 'disconnected', retryAt: null, why: rule })
    }
  }

  #interrupted(millisMin: number): void {
    const now = this.#parts.now()
    if (this.#connectedAt > 0 && now - this.#connectedAt >= provenMillis) {
      this.#failures = 0
    }
    const wait = Math.max(millisMin, backOffMillis(this.#failures, this.#parts.random()))
    this.#failures += 1
    this.#enter({ status: 'disconnected', retryAt: now + wait, why: 'interrupted' })
    this.#after(wait, () => void this.#tryAgain())
  }

  async #tryAgain(): Promise<void> {
    if (this.#connectedAt > 0) {
      this.#connectedAt = 0
      return this.#connect()
    }
    this.#enter({ status: 'connecting' })
    const session = await this.#parts.hasSession().catch(() => 'nobody answers' as const)
    if (this.#state.status !== 'connecting' || this.#socket !== null) {
      return
    }
    if (session === 'nobody answers') {
      this.#interrupted(0)
    } else if (session) {
      this.#connect()
    } else {
      this.#enter({ status: 'disconnected', retryAt: null, why: 'signed-out' })
    }
  }

  #release(): SocketLike | null {
    this.#clearTimers()
    this.#stopPulse()
    this.#asking = false
    this.#pacer?.clear()
    this.#pacer = null
    const socket = this.#socket
    this.#socket = null
    if (socket !== null) {
      socket.onmessage = null
      socket.onclose = null
    }
    return socket
  }

  #enter(state: ConnectionState): void {
    this.#state = state
    this.#parts.onState(state)
  }

  #after(millis: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, millis)
    this.#timers.add(timer)
  }

  #clearTimers(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer)
    }
    this.#timers.clear()
  }
}

/** Opens the socket of the page's own origin. */
export function openChatSocket(location: Location): SocketLike {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(`${scheme}//${location.host}/api/socket`)
  const like: SocketLike = {
    onmessage: null,
    onclose: null,
    send: (text) => socket.send(text),
    close: (code) => socket.close(code),
  }
  socket.addEventListener('message', (event) => like.onmessage?.(event))
  socket.addEventListener('close', (event) => like.onclose?.(event))
  return like
}
