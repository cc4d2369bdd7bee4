import { createStore } from '../ui/store.ts'
import type { ConnectionState } from '../wire/connection.ts'
import type { ClientFrame, Entry, Person, PersonRef, ServerFrame } from '../wire/frames.ts'
import type { Invitation } from '../wire/invitations.ts'
import type { Room } from '../wire/rooms.ts'
import { CardReader, type CardRequests } from './card-reader.ts'
import {
  type ChatState,
  changedPresent,
  emptyChat,
  type Present,
  withEachLog,
  withEntry,
} from './chat-state.ts'
import type { Drafts } from './edit-drafts.ts'
import { logsOf, notLiveReadMillis } from './held-logs.ts'
import { MessageChanges, type MessageRequests, type Saved } from './message-changes.ts'
import { MessageReactions, type ReactionRequests } from './message-reactions.ts'
import { withoutOlder } from './room-log.ts'
import { RoomLogs } from './room-logs.ts'
import { type KeptPlaces, type Moved, type ReadingRequests, RoomReadings } from './room-readings.ts'
import { type KeptMessages, type Said, UnsentMessages } from './unsent-messages.ts'

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
export interface KeptChat extends KeptMessages, KeptPlaces, Drafts {}

export interface ChatParts {
  readonly me: PersonRef
  readonly connect: (listener: LineListener) => ChatLine
  readonly listRooms: () => Promise<readonly Room[]>
  readonly listInvitations: () => Promise<readonly Invitation[]>
  readonly messages: MessageRequests
  readonly reading: ReadingRequests
  readonly reactions: ReactionRequests
  readonly cards: CardRequests
  readonly kept: KeptChat
  /** The session is no longer that of `me`: nothing is sent any more. */
  readonly onOtherPerson: (person: Person) => void
}

export const againMillis = 1_500

/**
 * Keeps the rooms of one person in step with the server, over a line that may break at any time.
 *
 * What makes that safe: each log knows its last `seq`, so a new subscription starts exactly there
 * (room-logs.ts); and a message of ours keeps its `clientMessageId` until it has been seen in the log,
 * so sending it again is harmless (unsent-messages.ts). This type gives each frame to the one that it
 * concerns. Confined to the page's one thread.
 */
export class ChatClient {
  readonly store = createStore<ChatState>(emptyChat)
  readonly reactions: MessageReactions
  readonly #parts: ChatParts
  readonly #logs: RoomLogs
  readonly #unsent: UnsentMessages
  readonly #changes: MessageChanges
  readonly #readings: RoomReadings
  readonly #cards: CardReader
  readonly #line: ChatLine
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #nextRead: Promise<void> | null = null
  #lastRead: Promise<void> = Promise.resolve()
  #readAgain: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(parts: ChatParts) {
    this.#parts = parts
    const { me, kept } = parts
    const send = (frame: ClientFrame) => this.#line.send(frame)
    const after = (millis: number, run: () => void) => this.#after(millis, run)
    const { store } = this
    this.#logs = new RoomLogs({ store, me, send })
    const logs = this.#logs
    this.#unsent = new UnsentMessages({ me: me.personId, logs, kept, send, after })
    this.#changes = new MessageChanges({ me, logs, requests: parts.messages, drafts: kept })
    this.#readings = new RoomReadings({ store, me, requests: parts.reading, kept, after })
    this.reactions = new MessageReactions({
      me: me.personId,
      logs,
      requests: parts.reactions,
      after,
    })
    this.#cards = new CardReader(parts.cards, () => store.get().connection.status === 'connected')
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
    this.#cards.stop()
    this.#line.stop()
  }

  retryNow(): void {
    this.#line.retryNow()
  }

  /** See {@link Connection.check}. */
  checkLine(doubt: boolean): void {
    this.#line.check(doubt)
  }

  /** See {@link UnsentMessages.post}. */
  post(roomId: string, said: Said): boolean {
    return this.#unsent.post(roomId, said)
  }

  /** See {@link UnsentMessages.retry}. */
  retryPost(roomId: string, clientMessageId: string): void {
    this.#unsent.retry(roomId, clientMessageId)
  }

  discardPost(roomId: string, clientMessageId: string): void {
    this.#unsent.discard(roomId, clientMessageId)
  }

  /** See {@link MessageChanges.edit}. */
  editMessage(roomId: string, seq: number, version: number, text: string): Promise<Saved> {
    return this.#changes.edit(roomId, seq, version, text)
  }

  /** See {@link MessageChanges.delete}. */
  deleteMessage(roomId: string, seq: number): Promise<void> {
    return this.#changes.delete(roomId, seq)
  }

  /** See {@link MessageChanges.readQuoted}. */
  readQuoted(roomId: string, seq: number): Promise<void> {
    return this.#changes.readQuoted(roomId, seq)
  }

  /** Would a message be lost with the page? */
  losesMessages(): boolean {
    return this.#unsent.wouldBeLost()
  }

  /** Is there a message that the server does not have? */
  hasUnsent(): boolean {
    return this.#unsent.hasAny()
  }

  /** Somebody looks at a room: its entries stay here, and there is something to read. */
  open(roomId: string): void {
    this.#logs.open(roomId)
    const room = this.store.get().rooms?.find((each) => each.roomId === roomId)
    this.#cards.opened(roomId, room?.memberCount ?? 0)
  }

  loadOlder(roomId: string): void {
    this.#logs.loadOlder(roomId)
  }

  /** The person has seen everything of a room up to a place. */
  readTo(roomId: string, seq: number): void {
    this.#readings.move(roomId, seq, false)
  }

  markRead(roomId: string): void {
    this.#readings.markRead(roomId)
  }

  /** This message and what follows it become unread. */
  markUnread(roomId: string, seq: number): void {
    this.#readings.move(roomId, seq - 1, true)
  }

  /** See {@link RoomReadings.markAllRead}. */
  markAllRead(): readonly Moved[] {
    return this.#readings.markAllRead()
  }

  putBackRead(moved: readonly Moved[]): void {
    this.#readings.putBack(moved)
  }

  /** See {@link RoomReadings.askFirst}. */
  askFirstUnread(roomId: string): void {
    this.#readings.askFirst(roomId)
  }

  /** Nobody looks at the page any more; it may be closed in the next task. */
  hidden(): void {
    if (!this.#stopped) {
      this.#readings.flush()
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
      const since = this.#readings.beforeList()
      const [rooms, invitations] = await Promise.all([listRooms(), listInvitations()])
      if (!this.#stopped) {
        this.#roomsRead(since, rooms, invitations)
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

  #roomsRead(since: number, rooms: readonly Room[], invitations: readonly Invitation[]): void {
    const before = this.store.get()
    const logs = this.#unsent.recallInto(logsOf(rooms, before.logs, before.live))
    this.#set({ rooms, invitations, logs, reading: this.#readings.listed(since, rooms, logs) })
    this.#logs.subscribeLive()
    this.#readings.lookAround()
    if (logs.size > this.store.get().live.size) {
      this.#readRoomsAfter(notLiveReadMillis)
    }
  }

  #readRoomsAfter(millis: number): void {
    if (this.#readAgain !== undefined) {
      clearTimeout(this.#readAgain)
      this.#timers.delete(this.#readAgain)
    }
    this.#readAgain = this.#after(millis, () => {
      if (this.store.get().connection.status === 'connected') {
        void this.refreshRooms()
      }
    })
  }

  #lineChanged(connection: ConnectionState): void {
    if (connection.status === 'connected') {
      this.#set({ connection })
    } else {
      const logs = withEachLog(this.store.get().logs, (log) => ({
        ...withoutOlder(log),
        subscribed: false,
      }))
      this.#set({ connection, logs, here: new Map() })
      // What waits in an earlier visit's rooms can be seen without a line, and more be written.
      if (connection.status === 'disconnected' && connection.why === 'interrupted') {
        this.#readRoomsFirst()
      }
    }
  }

  #welcomed(welcome: Extract<ServerFrame, { type: 'welcome' }>): void {
    const clockAheadMillis = Date.parse(welcome.serverTime) - Date.now()
    this.#set({
      textCharactersMax: welcome.textCharactersMax,
      editTime: { seconds: welcome.editSeconds, clockAheadMillis },
    })
    this.#logs.welcomed(welcome.logEpoch)
    this.#readings.welcomed(welcome.logEpoch)
    this.#cards.welcomed()
    void this.refreshRooms()
  }

  /** Somebody else entered in another tab: what waits here is not theirs. */
  #becameOther(person: Person): void {
    this.stop()
    this.#parts.onOtherPerson(person)
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
    this.#readings.lookAround()
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
    this.#heard(roomId, entries)
    this.#logs.append(roomId, entries)
    this.reactions.heard(roomId, entries)
    return at
  }

  #heard(roomId: string, entries: readonly Entry[]): void {
    this.#unsent.heard(roomId, entries)
    this.#changes.heard(roomId, entries)
  }

  #receiveFrame(frame: Exclude<ServerFrame, { type: 'entry' }>): void {
    switch (frame.type) {
      case 'welcome':
        return frame.person.personId === this.#parts.me.personId
          ? this.#welcomed(frame)
          : this.#becameOther(frame.person)
      case 'subscribed':
        this.#logs.subscribed(frame.roomId, frame.after, frame.last)
        return this.#unsent.sendAll(frame.roomId)
      case 'acknowledged':
        return this.#unsent.acknowledged(frame.roomId, frame.clientMessageId, frame.seq)
      case 'history':
        this.#heard(frame.roomId, frame.entries)
        return this.#logs.prepend(frame.roomId, frame)
      case 'presence':
        return this.#setHere(frame.roomId, { count: frame.count, people: frame.here })
      case 'presence-changed':
        return this.#setHere(frame.roomId, changedPresent(this.store.get(), frame))
      case 'rooms-changed':
        void this.refreshRooms()
        return
      case 'read':
        return this.#readings.heard(frame.roomId, frame.lastReadSeq)
      case 'person':
        return this.#cards.heard(frame.person)
      case 'behind':
        return this.#logs.subscribeAgain(frame.roomId)
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

  #failed(requestId: string, problem: string, retryMillis: number): void {
    const [verb, subject = ''] = requestId.split(':', 2)
    if (verb === 'post') {
      this.#unsent.failed(subject, problem, retryMillis)
    } else if (verb === 'subscribe' && problem === 'too-fast') {
      this.#after(retryMillis, () => this.#logs.subscribe(subject))
    } else if (verb === 'subscribe' && problem === 'too-many-subscriptions') {
      this.#logs.refusedMore()
    } else if (verb === 'subscribe') {
      this.#logs.refused(subject)
    } else if (verb === 'history') {
      // Whoever waits for older entries asks again at once, so not before it may succeed.
      this.#after(retryMillis, () => this.#logs.change(subject, withoutOlder))
    }
  }

  #setHere(roomId: string, here: Present): void {
    this.#set({ here: withEntry(this.store.get().here, roomId, here) })
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
