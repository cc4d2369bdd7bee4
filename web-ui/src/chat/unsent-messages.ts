import type { ClientFrame, Entry, FileRef, FileVersion } from '../wire/frames.ts'
import { randomId } from '../wire/random-id.ts'
import { type WaitingMessage, waitingMillisMax } from './local-store.ts'
import {
  acknowledgePending,
  addPending,
  changePending,
  dropPending,
  type PendingMessage,
  type RoomLog,
} from './room-log.ts'
import type { RoomLogs } from './room-logs.ts'

/** Where messages that wait survive a reload; local-store.ts is one. */
export interface KeptMessages {
  /** Those of an earlier visit. */
  readonly waiting: readonly WaitingMessage[]
  /** Resolves with whether the message survives a reload. */
  readonly keepMessage: (message: WaitingMessage) => Promise<boolean>
  readonly forgetMessage: (clientMessageId: string) => void
}

export interface UnsentParts {
  readonly me: string
  /** They show our messages until these are in the log. */
  readonly logs: RoomLogs
  readonly kept: KeptMessages
  readonly send: (frame: ClientFrame) => void
  readonly after: (millis: number, run: () => void) => void
}

/** What somebody says: a text, files, or both. */
export interface Said {
  /** Empty only if there are files. */
  readonly text: string
  /** The `seq` of the message that it answers; `null` for none. */
  readonly replyTo?: number | null
  /** They are stored already. */
  readonly files?: readonly FileRef[]
}

/** How often a message is sent again because the room does not know its files yet. */
export const unconfirmedMax = 20

/**
 * The messages of one person that the server does not have yet, of this visit and of earlier ones.
 * Each keeps its `clientMessageId` until it is in the log, so sending it again is harmless; this
 * browser keeps it until the server has it. Confined to the page's one thread.
 */
export class UnsentMessages {
  readonly #parts: UnsentParts
  /** Messages of an earlier visit whose rooms are not here yet. */
  #recalled: readonly WaitingMessage[]
  /** How often each message came too early for its files. */
  readonly #unconfirmed = new Map<string, number>()

  constructor(parts: UnsentParts) {
    this.#parts = parts
    this.#recalled = parts.kept.waiting
  }

  /**
   * Shows the message at once and sends it, now or as soon as there is a line; `false` if there is no
   * such room to write to.
   */
  post(roomId: string, { text, replyTo = null, files = [] }: Said): boolean {
    const { logs } = this.#parts
    if (logs.get(roomId) === undefined) {
      return false
    }
    const clientMessageId = randomId()
    const writtenAt = new Date().toISOString()
    const answers = replyTo === null ? {} : { replyTo }
    const takes = files.length === 0 ? {} : { files }
    const message = { clientMessageId, text, ...answers, ...takes, writtenAt, problem: null }
    logs.change(roomId, (log) => addPending(log, [{ ...message, state: 'sending', kept: true }]))
    this.#keep({ ...message, roomId })
    this.#send(roomId, message)
    return true
  }

  /** Sends a failed message once more, as the same message. */
  retry(roomId: string, clientMessageId: string): void {
    const { logs } = this.#parts
    const message = logs.get(roomId)?.pending.find(hasId(clientMessageId))
    if (message !== undefined) {
      const again = { state: 'sending', problem: null } as const
      logs.change(roomId, (log) => changePending(log, clientMessageId, again))
      // It waits again from now on, so that it also outlives the day after which it would not be sent.
      const writtenAt = new Date().toISOString()
      this.#keep({ ...contentOf(message), roomId, writtenAt, problem: null })
      this.#send(roomId, message)
    }
  }

  discard(roomId: string, clientMessageId: string): void {
    this.#parts.kept.forgetMessage(clientMessageId)
    this.#parts.logs.change(roomId, (log) => dropPending(log, clientMessageId))
  }

  /** The room is subscribed, perhaps after a break: sends what waits in it, in order. */
  sendAll(roomId: string): void {
    for (const message of this.#parts.logs.get(roomId)?.pending ?? []) {
      if (message.state === 'sending') {
        this.#send(roomId, message)
      }
    }
  }

  /** The server has the message, at `seq`. */
  acknowledged(roomId: string, clientMessageId: string, seq: number): void {
    this.#unconfirmed.delete(clientMessageId)
    this.#parts.kept.forgetMessage(clientMessageId)
    this.#parts.logs.change(roomId, (log) => acknowledgePending(log, clientMessageId, seq))
  }

  /** What is in the log needs not be kept, also if its acknowledgement got lost. */
  heard(roomId: string, entries: readonly Entry[]): void {
    const { me, logs, kept } = this.#parts
    const pending = logs.get(roomId)?.pending ?? []
    for (const entry of pending.length === 0 ? [] : entries) {
      const isOurs = entry.kind === 'message' && entry.personId === me
      if (isOurs && pending.some(hasId(entry.clientMessageId))) {
        kept.forgetMessage(entry.clientMessageId)
      }
    }
  }

  /** The server did not take the message: what only came too early is sent again after `retryMillis`. */
  failed(clientMessageId: string, problem: string, retryMillis: number): void {
    const { logs, after } = this.#parts
    for (const [roomId, { pending }] of logs.all()) {
      const message = pending.find(hasId(clientMessageId))
      if (message !== undefined && this.#cameTooEarly(clientMessageId, problem)) {
        after(retryMillis, () => this.retry(roomId, clientMessageId))
      } else if (message !== undefined) {
        const failed = { state: 'failed', problem } as const
        logs.change(roomId, (log) => changePending(log, clientMessageId, failed))
        this.#keep({ ...contentOf(message), roomId, writtenAt: message.writtenAt, problem })
      }
    }
  }

  /** A file that was stored a moment ago is known in the room a moment later. */
  #cameTooEarly(clientMessageId: string, problem: string): boolean {
    if (problem !== 'file-not-confirmed') {
      return problem === 'too-fast'
    }
    const times = (this.#unconfirmed.get(clientMessageId) ?? 0) + 1
    this.#unconfirmed.set(clientMessageId, times)
    if (times <= unconfirmedMax) {
      return true
    }
    // Whoever tries by hand begins again.
    this.#unconfirmed.delete(clientMessageId)
    return false
  }

  /** The logs with what waited in an earlier visit, which waits on for rooms that are not here. */
  recallInto(logs: ReadonlyMap<string, RoomLog>): ReadonlyMap<string, RoomLog> {
    const recalled = this.#recalled
    if (recalled.length === 0) {
      return logs
    }
    this.#recalled = recalled.filter((message) => !logs.has(message.roomId))
    return new Map(
      [...logs].map(([roomId, log]) => {
        const waiting = recalled.filter((message) => message.roomId === roomId)
        return [roomId, addPending(log, waiting.map(pendingAgain))]
      }),
    )
  }

  /** Would a message be lost with the page? */
  wouldBeLost(): boolean {
    return this.#pending().some((message) => !message.kept && message.state !== 'sent')
  }

  /** Is there a message that the server does not have? */
  hasAny(): boolean {
    return this.#recalled.length > 0 || this.#pending().some((message) => message.state !== 'sent')
  }

  #send(roomId: string, message: Content): void {
    if (this.#parts.logs.get(roomId)?.subscribed) {
      const requestId = `post:${message.clientMessageId}`
      const { files, ...said } = contentOf(message)
      const takes = files === undefined ? {} : { files: files.flatMap(versionOf) }
      this.#parts.send({ type: 'post', requestId, roomId, ...said, ...takes })
    }
  }

  #keep(message: WaitingMessage): void {
    const { logs, kept } = this.#parts
    const { roomId, clientMessageId } = message
    void kept.keepMessage(message).then((isKept) => {
      const pending = logs.get(roomId)?.pending.find(hasId(clientMessageId))
      if (pending !== undefined && pending.kept !== isKept) {
        logs.change(roomId, (log) => changePending(log, clientMessageId, { kept: isKept }))
      }
    })
  }

  #pending(): readonly PendingMessage[] {
    return [...this.#parts.logs.all().values()].flatMap((log) => log.pending)
  }
}

/** What is sent of a message, and sent again. */
type Content = Pick<PendingMessage, 'clientMessageId' | 'text' | 'replyTo' | 'files'>

function contentOf({ clientMessageId, text, replyTo, files }: Content): Content {
  return {
    clientMessageId,
    text,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(files === undefined ? {} : { files }),
  }
}

/** Only files of old entries have no version. */
function versionOf({ fileId, version }: FileRef): readonly FileVersion[] {
  return version === null ? [] : [{ fileId, version }]
}

function hasId(clientMessageId: string): (message: PendingMessage) => boolean {
  return (message) => message.clientMessageId === clientMessageId
}

/** Too old a message is shown and may be sent, but is not sent by itself. */
function pendingAgain(message: WaitingMessage): PendingMessage {
  const { writtenAt } = message
  const old = Date.now() - Date.parse(writtenAt) > waitingMillisMax
  const problem = message.problem ?? (old ? 'waited-too-long' : null)
  const state = problem === null ? 'sending' : 'failed'
  return { ...contentOf(message), writtenAt, state, problem, kept: true }
}
