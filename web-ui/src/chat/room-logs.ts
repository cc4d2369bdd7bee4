import type { Store } from '../ui/store.ts'
import type { ClientFrame, Entry, MessageEntry, PersonRef } from '../wire/frames.ts'
import { type ChatState, withEachLog, withEntry } from './chat-state.ts'
import { isChange } from './entry-changes.ts'
import { heldLogs, liveRooms, liveRoomsMax, lookedAt } from './held-logs.ts'
import { changedIn, type Reading, recounted } from './reading.ts'
import {
  appendEntries,
  emptiedLog,
  type HistoryPage,
  historyPage,
  lastSeq,
  prependHistory,
  type RoomLog,
  requestOlder,
  withMessage,
} from './room-log.ts'

/** A room that is opened shows at least this much of its past, if it has one. */
export const openedEntriesMin = 40

export interface LogsParts {
  /** Where the logs are, and which of their rooms are live. */
  readonly store: Store<ChatState>
  readonly me: PersonRef
  readonly send: (frame: ClientFrame) => void
}

/**
 * The logs of the rooms of one person, in step with the server's: which of them the server sends,
 * from which place, and which keep their entries here. A subscription starts behind the last `seq`
 * that is here, so nothing is missed and nothing comes twice. Confined to the page's one thread.
 */
export class RoomLogs {
  readonly #parts: LogsParts
  #epoch: string | null = null
  /** The rooms that were looked at last, the newest first. */
  #recent: readonly string[] = []
  /** The server may allow fewer than we would take. */
  #liveMax = liveRoomsMax

  constructor(parts: LogsParts) {
    this.#parts = parts
  }

  /** Of the log that our places are in; `null` before we know one. */
  get epoch(): string | null {
    return this.#epoch
  }

  /** By room. */
  all(): ReadonlyMap<string, RoomLog> {
    return this.#state().logs
  }

  get(roomId: string): RoomLog | undefined {
    return this.all().get(roomId)
  }

  /** Does nothing if there is no such room. */
  change(roomId: string, change: (log: RoomLog) => RoomLog): void {
    const log = this.get(roomId)
    if (log !== undefined) {
      this.#put(roomId, change(log))
    }
  }

  /** Somebody looks at a room: its entries stay here, and there is something to read. */
  open(roomId: string): void {
    if (this.#recent[0] !== roomId) {
      this.#recent = lookedAt(this.#recent, roomId)
      this.#letGo()
      this.subscribeLive()
    }
    const log = this.get(roomId)
    if (log !== undefined && log.entries.length < openedEntriesMin) {
      this.loadOlder(roomId)
    }
  }

  loadOlder(roomId: string): void {
    const log = this.get(roomId)
    if (log?.subscribed && log.after > 0 && log.older === null) {
      this.#put(roomId, requestOlder(log))
      this.#parts.send({
        type: 'history',
        requestId: `history:${roomId}`,
        roomId,
        before: log.after + 1,
        limit: historyPage,
      })
    }
  }

  /** The first frame of a connection: only now do we know whether the log is still the same. */
  welcomed(epoch: string): void {
    if (this.#epoch !== null && this.#epoch !== epoch) {
      // A backup was restored: what we have may not be in the log, and we have read another one.
      const logs = withEachLog(this.all(), (log) => emptiedLog(log, 0))
      this.#set({ logs, reading: new Map() })
    }
    this.#epoch = epoch
    for (const roomId of this.#state().live) {
      this.subscribe(roomId)
    }
  }

  /** Subscribes to the rooms that are live now and were not, after it ended what is live no more. */
  subscribeLive(): void {
    const { live: before, logs } = this.#state()
    const live = liveRooms(logs, this.#recent, this.#liveMax)
    const ended = [...before].filter((roomId) => !live.has(roomId))
    for (const roomId of ended) {
      this.#parts.send({ type: 'unsubscribe', requestId: `unsubscribe:${roomId}`, roomId })
      this.change(roomId, (log) => ({ ...log, subscribed: false }))
    }
    this.#set({ live })
    for (const roomId of live) {
      if (!before.has(roomId)) {
        this.subscribe(roomId)
      }
    }
  }

  /** Waits for the next connection if there is none. */
  subscribe(roomId: string): void {
    const log = this.get(roomId)
    if (log !== undefined && this.#state().connection.status === 'connected') {
      const requestId = `subscribe:${roomId}`
      const after = lastSeq(log)
      this.#parts.send(
        after === 0 || this.#epoch === null
          ? { type: 'subscribe', requestId, roomId, latest: openedEntriesMin }
          : { type: 'subscribe', requestId, roomId, after, epoch: this.#epoch },
      )
    }
  }

  /** The server sends this room from behind `after`; its newest entry is `last`. */
  subscribed(roomId: string, after: number, last: number): void {
    const log = this.get(roomId)
    if (log === undefined) {
      return
    }
    if (after < lastSeq(log)) {
      // The server starts again: its log is not the one that we know, and its log is the truth.
      this.#put(roomId, emptiedLog(log, last))
      this.subscribe(roomId)
      return
    }
    const base = after === lastSeq(log) ? log : emptiedLog(log, after)
    this.#put(roomId, { ...base, subscribed: true, target: last })
  }

  /** Entries are missing behind the last one that is here: reads on from there. */
  subscribeAgain(roomId: string): void {
    this.change(roomId, (log) => ({ ...log, subscribed: false }))
    this.subscribe(roomId)
  }

  /** The server allows no more subscriptions than there are. */
  refusedMore(): void {
    this.#liveMax = Math.max(1, [...this.all().values()].filter((log) => log.subscribed).length)
    this.subscribeLive()
  }

  /** The server does not give us this room. */
  refused(roomId: string): void {
    const logs = new Map(this.all())
    const live = new Set(this.#state().live)
    logs.delete(roomId)
    live.delete(roomId)
    this.#set({ logs, live })
  }

  append(roomId: string, entries: readonly Entry[]): void {
    const log = this.get(roomId)
    if (log?.subscribed) {
      const me = this.#parts.me.personId
      const appended = appendEntries(log, entries, me)
      const changes = entries.filter(isChange).filter(({ seq }) => seq <= appended.log.last)
      this.#put(roomId, appended.log, (reading) =>
        changes.reduce((before, each) => changedIn(before, log, each, me), reading),
      )
      if (appended.gap) {
        this.subscribeAgain(roomId)
      }
      this.#letGo()
    }
  }

  prepend(roomId: string, page: HistoryPage): void {
    this.change(roomId, (log) => prependHistory(log, page, this.#parts.me.personId))
  }

  /** A message as the server has it now. */
  replace(roomId: string, message: MessageEntry): void {
    this.change(roomId, (log) => withMessage(log, message))
  }

  /** Drops the entries of rooms at which nobody looked for long. */
  #letGo(): void {
    this.#set({ logs: heldLogs(this.all(), this.#recent) })
  }

  /** What is unread follows the log, after what was heard of its messages. */
  #put(roomId: string, log: RoomLog, heard = (reading: Reading) => reading): void {
    const { logs, reading } = this.#state()
    const before = reading.get(roomId)
    const now = before && recounted(heard(before), log, this.#parts.me.personId)
    this.#set({
      logs: withEntry(logs, roomId, log),
      ...(now === before || now === undefined ? {} : { reading: withEntry(reading, roomId, now) }),
    })
  }

  #state(): ChatState {
    return this.#parts.store.get()
  }

  #set(change: Partial<ChatState>): void {
    this.#parts.store.set({ ...this.#state(), ...change })
  }
}
