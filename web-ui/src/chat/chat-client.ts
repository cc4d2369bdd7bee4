import { createStore } from '../ui/store.ts'
import type { ConnectionState } from '../wire/connection.ts'
import type { ClientFrame, Entry, PersonRef, ServerFrame } from '../wire/frames.ts'
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
import { recallReadMarks, rememberReadMarks } from './read-marks.ts'
import {
  addPending,
  appendEntries,
  changePending,
  dropPending,
  emptiedLog,
  lastSeq,
  prependHistory,
  type RoomLog,
} from './room-log.ts'

/** The connection as the client drives it; wire/connection.ts is one. */
export interface ChatLine {
  readonly start: () => void
  readonly stop: () => void
  readonly retryNow: () => void
  readonly send: (frame: ClientFrame) => void
}

export interface LineListener {
  readonly onState: (state: ConnectionState) => void
  readonly onFrames: (frames: readonly ServerFrame[]) => void
}

export interface ChatParts {
  readonly me: PersonRef
  readonly connect: (listener: LineListener) => ChatLine
  readonly listRooms: () => Promise<readonly Room[]>
  readonly listInvitations: () => Promise<readonly Invitation[]>
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
  #stopped = false

  constructor(parts: ChatParts) {
    this.#parts = parts
    const { epoch, marks } = recallReadMarks(parts.me.personId)
    this.#logEpoch = epoch
    this.#set({ read: marks })
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

  /** Shows the message at once and sends it, now or as soon as there is a line. */
  post(roomId: string, text: string): void {
    const log = this.#log(roomId)
    if (log !== undefined) {
      const message = {
        clientMessageId: randomId(),
        text,
        writtenAt: new Date().toISOString(),
        state: 'sending',
        problem: null,
      } as const
      this.#setLog(roomId, addPending(log, message))
      this.#sendPost(roomId, message.clientMessageId, text)
    }
  }

  /** Sends a failed message once more, as the same message. */
  retryPost(roomId: string, clientMessageId: string): void {
    const log = this.#log(roomId)
    const message = log?.pending.find((each) => each.clientMessageId === clientMessageId)
    if (log !== undefined && message !== undefined) {
      this.#setLog(roomId, changePending(log, clientMessageId, { state: 'sending', problem: null }))
      this.#sendPost(roomId, clientMessageId, message.text)
    }
  }

  discardPost(roomId: string, clientMessageId: string): void {
    this.#changeLog(roomId, (log) => dropPending(log, clientMessageId))
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

  #roomsRead(rooms: readonly Room[], invitations: readonly Invitation[]): void {
    const { logs, read } = changedRooms(this.store.get(), rooms)
    this.#set({ rooms, invitations, logs })
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
        return this.#welcomed(frame.textCharactersMax, frame.logEpoch)
      case 'subscribed':
        return this.#subscribed(frame.roomId, frame.after, frame.last)
      case 'acknowledged':
        return this.#changeLog(frame.roomId, (log) =>
          changePending(log, frame.clientMessageId, { state: 'sent', problem: null }),
        )
      case 'history':
        return this.#changeLog(frame.roomId, (log) =>
          prependHistory(log, frame.entries, frame.more),
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
      }
    }
  }

  #sendPost(roomId: string, clientMessageId: string, text: string): void {
    const requestId = `post:${clientMessageId}`
    if (this.#log(roomId)?.subscribed) {
      this.#line.send({ type: 'post', requestId, roomId, clientMessageId, text })
    }
  }

  #setHere(roomId: string, here: Present): void {
    this.#set({ here: withEntry(this.store.get().here, roomId, here) })
  }

  #setRead(marks: ReadonlyMap<string, number>): void {
    this.#set({ read: marks })
    rememberReadMarks(this.#parts.me.personId, { epoch: this.#logEpoch, marks })
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
