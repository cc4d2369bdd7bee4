import { createStore } from '../ui/store.ts'
import type { ConnectionState } from '../wire/connection.ts'
import type { ClientFrame, Entry, Person, PersonRef, ServerFrame } from '../wire/frames.ts'
import type { Invitation } from '../wire/invitations.ts'
import { randomId } from '../wire/random-id.ts'
import type { Room } from '../wire/rooms.ts'
import {
  type ChatState,
  changedPresent,
  changedRooms,
  emptyChat,
  type Present,
  withEachLog,
  withEntry,
} from './chat-state.ts'
import { heldLogs, liveRooms, liveRoomsMax, lookedAt, notLiveReadMillis } from './held-logs.ts'
import type { WaitingMessage } from './local-store.ts'
import type { ReadMarks } from './read-marks.ts'
import {
  acknowledgePending,
  addPending,
  appendEntries,
  changePending,
  dropPending,
  emptiedLog,
  lastSeq,
  type PendingMessage,
  prependHistory,
  type RoomLog,
} from './room-log.ts'
import { withWaiting } from './waiting-messages.ts'

/** The connection as the client drives it; wire/connection.ts is one. */
export interface ChatLine {
  readonly start: () => void
  readonly stop: () => void
  readonly retryNow: () => void
  readonly check: (doubt: boolean) => void
  readonly send: (frame: ClientFrame) => void
}

export interface LineListener {
  readonly onState: (state: ConnectionState) => void
  readonly onFrames: (frames: readonly ServerFrame[]) => void
}

/** What this browser keeps of the person's chat; local-store.ts is one. */
export interface KeptChat {
  readonly waiting: readonly WaitingMessage[]
  readonly read: ReadMarks
  /** Resolves with whether the message survives a reload. */
  readonly keepMessage: (message: WaitingMessage) => Promise<boolean>
  readonly forgetMessage: (clientMessageId: string) => void
  readonly keepMarks: (read: ReadMarks) => void
}

export interface ChatParts {
  readonly me: PersonRef
  readonly connect: (listener: LineListener) => ChatLine
  readonly listRooms: () => Promise<readonly Room[]>
  readonly listInvitations: () => Promise<readonly Invitation[]>
  readonly kept: KeptChat
  /** The session is no longer that of `me`: nothing is sent any more. */
  readonly onOtherPerson: (person: Person) => void
}

export const historyPage = 100
/** A room that is opened shows at least this much of its past, if it has one. */
export const openedEntriesMin = 40
export const againMillis = 1_500

/**
 * Keeps the rooms of one person in step with the server, over a line that may break at any time.
 *
 * What makes that safe: each log knows its last `seq`, so a new subscription starts exactly there;
 * and a message of ours keeps its `clientMessageId` until it has been seen in the log, so sending it
 * again is harmless. Confined to the page's one thread.
 */
export class ChatClient {
  readonly store = createStore<ChatState>(emptyChat)
  readonly #parts: ChatParts
  readonly #line: ChatLine
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  /** Of the log that our places and marks are in; `null` before we know one. */
  #logEpoch: string | null
  /** The rooms that were looked at last, the newest first. */
  #recent: readonly string[] = []
  /** The server may allow fewer than we would take. */
  #liveMax = liveRoomsMax
  #nextRead: Promise<void> | null = null
  #lastRead: Promise<void> = Promise.resolve()
  #readAgain: ReturnType<typeof setTimeout> | undefined
  /** Messages of an earlier visit whose rooms are not here yet. */
  #recalled: readonly WaitingMessage[]
  #stopped = false

  constructor(parts: ChatParts) {
    this.#parts = parts
    const { epoch, marks } = parts.kept.read
    this.#logEpoch = epoch
    this.#set({ read: marks })
    this.#recalled = parts.kept.waiting
    this.#line = parts.connect({
      onState: (state) => this.#lineChanged(state),
      onFrames: (frames) => this.#receive(frames),
    })
  }

  /** Begins, or begins again after the server ended the session; nothing begins after `stop`. */
  start(): void {
    if (!this.#stopped) {
      this.#line.start()
    }
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) {
      clearTimeout(timer)
    }
    this.#line.stop()
  }

  retryNow(): void {
    this.#line.retryNow()
  }

  /** See {@link Connection.check}. */
  checkLine(doubt: boolean): void {
    this.#line.check(doubt)
  }

  /**
   * Shows the message at once and sends it, now or as soon as there is a line; `false` if there is no
   * such room to write to.
   */
  post(roomId: string, text: string): boolean {
    const log = this.#log(roomId)
    if (log === undefined) {
      return false
    }
    const clientMessageId = randomId()
    const writtenAt = new Date().toISOString()
    const message = { clientMessageId, text, writtenAt, problem: null }
    this.#setLog(roomId, addPending(log, [{ ...message, state: 'sending', kept: true }]))
    this.#keep({ ...message, roomId })
    this.#sendPost(roomId, clientMessageId, text)
    return true
  }

  /** Sends a failed message once more, as the same message. */
  retryPost(roomId: string, clientMessageId: string): void {
    const log = this.#log(roomId)
    const message = log?.pending.find((each) => each.clientMessageId === clientMessageId)
    if (log !== undefined && message !== undefined) {
      this.#setLog(roomId, changePending(log, clientMessageId, { state: 'sending', problem: null }))
      // It waits again from now on, so that it also outlives the day after which it would not be sent.
      const writtenAt = new Date().toISOString()
      this.#keep({ clientMessageId, roomId, text: message.text, writtenAt, problem: null })
      this.#sendPost(roomId, clientMessageId, message.text)
    }
  }

  discardPost(roomId: string, clientMessageId: string): void {
    this.#parts.kept.forgetMessage(clientMessageId)
    this.#changeLog(roomId, (log) => dropPending(log, clientMessageId))
  }

  /** Would a message be lost with the page? */
  losesMessages(): boolean {
    return this.#pending().some((message) => !message.kept && message.state !== 'sent')
  }

  /** Is there a message that the server does not have? */
  hasUnsent(): boolean {
    return this.#recalled.length > 0 || this.#pending().some((message) => message.state !== 'sent')
  }

  /** Somebody looks at a room: its entries stay here, and there is something to read. */
  open(roomId: string): void {
    if (this.#recent[0] !== roomId) {
      this.#recent = lookedAt(this.#recent, roomId)
      this.#letGo()
      this.#subscribeLive()
    }
    const log = this.#log(roomId)
    if (log !== undefined && log.entries.length < openedEntriesMin) {
      this.loadOlder(roomId)
    }
  }

  loadOlder(roomId: string): void {
    const log = this.#log(roomId)
    if (log?.subscribed && log.after > 0 && !log.olderRequested) {
      this.#setLog(roomId, { ...log, olderRequested: true })
      this.#line.send({
        type: 'history',
        requestId: `history:${roomId}`,
        roomId,
        before: log.after + 1,
        limit: historyPage,
      })
    }
  }

  markRead(roomId: string): void {
    const log = this.#log(roomId)
    const { read } = this.store.get()
    if (log !== undefined && lastSeq(log) > (read.get(roomId) ?? -1)) {
      const marks = withEntry(read, roomId, lastSeq(log))
      this.#setRead(marks)
    }
  }

  /**
   * Reads invitations and the list of rooms again and subscribes to what is new in it; tries until it
   * succeeds. A read that is under way may not know of a change: one more follows it, for all who ask
   * meanwhile.
   */
  refreshRooms(): Promise<void> {
    if (this.#nextRead === null) {
      this.#nextRead = this.#lastRead.then(() => {
        this.#nextRead = null
        return this.#readRooms()
      })
      this.#lastRead = this.#nextRead
    }
    return this.#nextRead
  }

  async #readRooms(): Promise<void> {
    try {
      const { listRooms, listInvitations } = this.#parts
      const [rooms, invitations] = await Promise.all([listRooms(), listInvitations()])
      if (!this.#stopped) {
        this.#roomsRead(rooms, invitations)
      }
    } catch {
      // The status line already says what is wrong with the line; the list follows when it is back.
      if (!this.#stopped) {
        this.#readRoomsAfter(againMillis)
      }
    }
  }

  #readRoomsFirst(): void {
    if (this.store.get().rooms === null) {
      void this.refreshRooms()
    }
  }

  #roomsRead(rooms: readonly Room[], invitations: readonly Invitation[]): void {
    const { logs, read } = changedRooms(this.store.get(), rooms)
    const waiting = withWaiting(logs, this.#recalled)
    this.#recalled = waiting.rest
    this.#set({ rooms, invitations, logs: waiting.logs })
    this.#setRead(read)
    this.#subscribeLive()
    if (logs.size > this.store.get().live.size) {
      this.#readRoomsAfter(notLiveReadMillis)
    }
  }

  #readRoomsAfter(millis: number): void {
    clearTimeout(this.#readAgain)
    this.#readAgain = this.#after(millis, () => {
      if (this.store.get().connection.status === 'connected') {
        void this.refreshRooms()
      }
    })
  }

  /** Subscribes to the rooms that are live now and were not, after it ended what is live no more. */
  #subscribeLive(): void {
    const { live: before, logs } = this.store.get()
    const live = liveRooms(logs, this.#recent, this.#liveMax)
    const ended = [...before].filter((roomId) => !live.has(roomId))
    for (const roomId of ended) {
      this.#line.send({ type: 'unsubscribe', requestId: `unsubscribe:${roomId}`, roomId })
      this.#changeLog(roomId, (log) => ({ ...log, subscribed: false }))
    }
    this.#set({ live })
    for (const roomId of live) {
      if (!before.has(roomId)) {
        this.#subscribe(roomId)
      }
    }
  }

  /** Drops the entries of rooms at which nobody looked for long. */
  #letGo(): void {
    const { logs, read } = this.store.get()
    this.#set({ logs: heldLogs(logs, this.#recent, read, this.#parts.me.personId) })
  }

  #lineChanged(connection: ConnectionState): void {
    if (connection.status === 'connected') {
      this.#set({ connection })
    } else {
      const logs = withEachLog(this.store.get().logs, (log) => ({
        ...log,
        subscribed: false,
        olderRequested: false,
      }))
      this.#set({ connection, logs, here: new Map() })
      // What waits in an earlier visit's rooms can be seen without a line, and more be written.
      if (connection.status === 'disconnected' && connection.why === 'interrupted') {
        this.#readRoomsFirst()
      }
    }
  }

  /** The first frame of a connection: only now do we know whether the log is still the same. */
  #welcomed(textCharactersMax: number, logEpoch: string): void {
    this.#set({ textCharactersMax })
    if (this.#logEpoch !== null && this.#logEpoch !== logEpoch) {
      // A backup was restored: what we have may not be in the log, and our marks are in another one.
      const logs = withEachLog(this.store.get().logs, (log) => emptiedLog(log, 0))
      this.#set({ logs, read: new Map() })
    }
    this.#logEpoch = logEpoch
    for (const roomId of this.store.get().live) {
      this.#subscribe(roomId)
    }
    void this.refreshRooms()
  }

  /** Somebody else entered in another tab: what waits here is not theirs. */
  #becameOther(person: Person): void {
    this.stop()
    this.#parts.onOtherPerson(person)
  }

  #subscribe(roomId: string): void {
    const log = this.#log(roomId)
    if (log !== undefined && this.store.get().connection.status === 'connected') {
      const requestId = `subscribe:${roomId}`
      const after = lastSeq(log)
      this.#line.send(
        after === 0 || this.#logEpoch === null
          ? { type: 'subscribe', requestId, roomId, latest: openedEntriesMin }
          : { type: 'subscribe', requestId, roomId, after, epoch: this.#logEpoch },
      )
    }
  }

  #receive(frames: readonly ServerFrame[]): void {
    let at = 0
    while (at < frames.length) {
      const frame = frames[at]
      if (frame?.type === 'entry') {
        at = this.#receiveEntries(frames, at, frame.roomId)
      } else {
        if (frame !== undefined) {
          this.#receiveFrame(frame)
        }
        at += 1
      }
    }
  }

  // A catch-up brings hundreds of entries in one message: those of one room are taken in together,
  // so that the page is rendered once and not once for each.
  #receiveEntries(frames: readonly ServerFrame[], from: number, roomId: string): number {
    const entries: Entry[] = []
    let at = from
    for (let frame = frames[at]; frame?.type === 'entry' && frame.roomId === roomId; ) {
      entries.push(frame.entry)
      at += 1
      frame = frames[at]
    }
    const log = this.#log(roomId)
    if (log?.subscribed) {
      const appended = appendEntries(log, entries, this.#parts.me.personId)
      this.#setLog(roomId, appended.log)
      if (appended.gap) {
        this.#setLog(roomId, { ...appended.log, subscribed: false })
        this.#subscribe(roomId)
      }
      this.#letGo()
    }
    return at
  }

  #receiveFrame(frame: Exclude<ServerFrame, { type: 'entry' }>): void {
    switch (frame.type) {
      case 'welcome':
        return frame.person.personId === this.#parts.me.personId
          ? this.#welcomed(frame.textCharactersMax, frame.logEpoch)
          : this.#becameOther(frame.person)
      case 'subscribed':
        return this.#subscribed(frame.roomId, frame.after, frame.last)
      case 'acknowledged':
        this.#parts.kept.forgetMessage(frame.clientMessageId)
        return this.#changeLog(frame.roomId, (log) =>
          acknowledgePending(log, frame.clientMessageId, frame.seq),
        )
      case 'history':
        return this.#changeLog(frame.roomId, (log) =>
          prependHistory(log, frame.entries, frame.more, this.#parts.me.personId),
        )
      case 'presence':
        return this.#setHere(frame.roomId, { count: frame.count, people: frame.here })
      case 'presence-changed':
        return this.#setHere(frame.roomId, changedPresent(this.store.get(), frame))
      case 'rooms-changed':
        void this.refreshRooms()
        return
      case 'behind':
        this.#changeLog(frame.roomId, (log) => ({ ...log, subscribed: false }))
        return this.#subscribe(frame.roomId)
      case 'error':
        return this.#failed(
          frame.requestId ?? '',
          frame.problem,
          frame.retryAfterSeconds === undefined ? againMillis : frame.retryAfterSeconds * 1_000,
        )
      case 'unsubscribed':
      case 'pong':
        return
    }
  }

  #subscribed(roomId: string, after: number, last: number): void {
    const log = this.#log(roomId)
    if (log === undefined) {
      return
    }
    if (after < lastSeq(log)) {
      // The server starts again: its log is not the one that we know, and its log is the truth.
      this.#setLog(roomId, emptiedLog(log, last))
      return this.#subscribe(roomId)
    }
    const base = after === lastSeq(log) ? log : emptiedLog(log, after)
    this.#setLog(roomId, { ...base, subscribed: true, target: last })
    for (const message of base.pending) {
      if (message.state === 'sending') {
        this.#sendPost(roomId, message.clientMessageId, message.text)
      }
    }
  }

  #failed(requestId: string, problem: string, retryMillis: number): void {
    const [verb, subject = ''] = requestId.split(':', 2)
    if (verb === 'post') {
      this.#postFailed(subject, problem, retryMillis)
    } else if (verb === 'subscribe' && problem === 'too-fast') {
      this.#after(retryMillis, () => this.#subscribe(subject))
    } else if (verb === 'subscribe' && problem === 'too-many-subscriptions') {
      const { logs } = this.store.get()
      this.#liveMax = Math.max(1, [...logs.values()].filter((log) => log.subscribed).length)
      this.#subscribeLive()
    } else if (verb === 'subscribe') {
      const logs = new Map(this.store.get().logs)
      const live = new Set(this.store.get().live)
      logs.delete(subject)
      live.delete(subject)
      this.#set({ logs, live })
    } else if (verb === 'history') {
      // Whoever waits for older entries asks again at once, so not before it may succeed.
      this.#after(retryMillis, () =>
        this.#changeLog(subject, (log) => ({ ...log, olderRequested: false })),
      )
    }
  }

  #postFailed(clientMessageId: string, problem: string, retryMillis: number): void {
    for (const [roomId, log] of this.store.get().logs) {
      const message = log.pending.find((each) => each.clientMessageId === clientMessageId)
      if (message !== undefined && problem === 'too-fast') {
        this.#after(retryMillis, () => this.retryPost(roomId, clientMessageId))
      } else if (message !== undefined) {
        this.#setLog(roomId, changePending(log, clientMessageId, { state: 'failed', problem }))
        const { text, writtenAt } = message
        this.#keep({ clientMessageId, roomId, text, writtenAt, problem })
      }
    }
  }

  #sendPost(roomId: string, clientMessageId: string, text: string): void {
    const requestId = `post:${clientMessageId}`
    if (this.#log(roomId)?.subscribed) {
      this.#line.send({ type: 'post', requestId, roomId, clientMessageId, text })
    }
  }

  #keep(message: WaitingMessage): void {
    const { roomId, clientMessageId } = message
    void this.#parts.kept.keepMessage(message).then((kept) => {
      if (
        this.#log(roomId)?.pending.some(
          (each) => each.clientMessageId === clientMessageId && each.kept !== kept,
        )
      ) {
        this.#changeLog(roomId, (log) => changePending(log, clientMessageId, { kept }))
      }
    })
  }

  #setHere(roomId: string, here: Present): void {
    this.#set({ here: withEntry(this.store.get().here, roomId, here) })
  }

  #setRead(marks: ReadonlyMap<string, number>): void {
    this.#set({ read: marks })
    this.#parts.kept.keepMarks({ epoch: this.#logEpoch, marks })
  }

  #pending(): readonly PendingMessage[] {
    return [...this.store.get().logs.values()].flatMap((log) => log.pending)
  }

  #log(roomId: string): RoomLog | undefined {
    return this.store.get().logs.get(roomId)
  }

  #setLog(roomId: string, log: RoomLog): void {
    this.#set({ logs: withEntry(this.store.get().logs, roomId, log) })
  }

  #changeLog(roomId: string, change: (log: RoomLog) => RoomLog): void {
    const log = this.#log(roomId)
    if (log !== undefined) {
      this.#setLog(roomId, change(log))
    }
  }

  #set(change: Partial<ChatState>): void {
    this.store.set({ ...this.store.get(), ...change })
  }

  #after(millis: number, run: () => void): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, millis)
    this.#timers.add(timer)
    return timer
  }
}
