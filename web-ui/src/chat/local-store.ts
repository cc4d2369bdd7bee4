import { forget } from '../ui/remembered.ts'
import {
  deleteDraft,
  deletePlaces,
  deleteWaiting,
  eraseKept,
  type LocalDatabase,
  openLocalDatabase,
  putDraft,
  putPlaces,
  putWaiting,
  readKept,
  type WaitingRecord,
} from './local-database.ts'
import { forgetRecentEmoji } from './recent-emoji.ts'
import type { KeptPlace } from './room-readings.ts'

/** A message that waits to be sent, or that could not be sent. */
export type WaitingMessage = Omit<WaitingRecord, 'personId'>

/** Messages of one person that wait. */
export const waitingMessagesMax = 200
/** UTF-8 bytes of what they say together. */
export const waitingBytesMax = 1024 * 1024
/** An older message is not sent by itself any more: what it says may no longer be so. */
export const waitingMillisMax = 24 * 60 * 60_000
/** Rooms of one person that have a draft. */
export const draftsMax = 100
/** UTF-8 bytes of one draft. */
export const draftBytesMax = 64 * 1024
/** Rooms of one person whose place waits to be reported. */
export const keptPlacesMax = 500
/** What is older is erased: a session lives as long without use. */
export const keptMillisMax = 30 * 24 * 60 * 60_000

const channelName = 'tercet.chat'
/** How an earlier version of the page kept how far people have read, which the server knows now. */
const outdatedMarks = 'read.'
const encoder = new TextEncoder()

function bytesOf(text: string): number {
  return encoder.encode(text).length
}

/** Of what a message says. */
function bytesKept({ text, files }: WaitingMessage): number {
  return bytesOf(text) + (files === undefined ? 0 : bytesOf(JSON.stringify(files)))
}

interface Recalled {
  readonly waiting: readonly WaitingMessage[]
  readonly drafts: ReadonlyMap<string, string>
  readonly places: readonly KeptPlace[]
}

/**
 * What this browser keeps of one person's chat, so that it survives a reload: messages that wait to
 * be sent, drafts, and places up to which they have read that the server may not know. It is in
 * IndexedDB; where there is none, all of it lasts as long as the page.
 *
 * A write is handed to the browser in the task that asks for it, so that a page which is closed in
 * the next one loses nothing. Confined to the page's one thread; other tabs may write too.
 */
export class LocalStore {
  /** Oldest first, as they were when the store was opened. */
  readonly waiting: readonly WaitingMessage[]
  /** As they were when the store was opened. */
  readonly places: readonly KeptPlace[]
  readonly #personId: string
  readonly #drafts: Map<string, string>
  /** Rooms whose draft is in this page only. */
  readonly #unkeptDrafts = new Set<string>()
  /** UTF-8 bytes of each message that is kept. */
  readonly #waitingBytes: Map<string, number>
  readonly #channel = new BroadcastChannel(channelName)
  /** Rooms whose place is kept. */
  readonly #keptPlaces: Set<string>
  #database: LocalDatabase | null

  private constructor(personId: string, database: LocalDatabase | null, recalled: Recalled) {
    this.#personId = personId
    this.#database = database
    this.waiting = recalled.waiting
    this.places = recalled.places
    this.#keptPlaces = new Set(recalled.places.map(({ roomId }) => roomId))
    this.#drafts = new Map(recalled.drafts)
    this.#waitingBytes = new Map(
      recalled.waiting.map((each) => [each.clientMessageId, bytesKept(each)]),
    )
    // Somebody signed out, perhaps in another tab: nothing of theirs is written from now on.
    this.#channel.onmessage = () => this.#shut()
  }

  /** Reads what is kept of this person, and erases what is kept of others. Never rejects. */
  static async open(personId: string): Promise<LocalStore> {
    forget(outdatedMarks)
    const database = await openLocalDatabase()
    const recalled = database === null ? null : await recall(database, personId)
    if (recalled !== null) {
      return new LocalStore(personId, database, recalled)
    }
    database?.close()
    return new LocalStore(personId, null, { waiting: [], drafts: new Map(), places: [] })
  }

  /** Gives the database back. What should be kept afterwards lasts as long as the page. */
  close(): void {
    this.#shut()
    this.#channel.close()
  }

  draft(roomId: string): string {
    return this.#drafts.get(roomId) ?? ''
  }

  /** An empty text is no draft. Of too many drafts the one that was changed longest ago leaves. */
  setDraft(roomId: string, text: string): void {
    this.#drafts.delete(roomId)
    this.#unkeptDrafts.delete(roomId)
    if (text === '') {
      void this.#write((database) => deleteDraft(database, this.#personId, roomId))
      return
    }
    this.#drafts.set(roomId, text)
    if (bytesOf(text) > draftBytesMax || this.#database === null) {
      this.#unkeptDrafts.add(roomId)
      return
    }
    const kept = [...this.#drafts.keys()].filter((each) => !this.#unkeptDrafts.has(each))
    for (const oldest of kept.slice(0, -draftsMax)) {
      this.#unkeptDrafts.add(oldest)
      void this.#write((database) => deleteDraft(database, this.#personId, oldest))
    }
    const record = { personId: this.#personId, roomId, text, changedAt: Date.now() }
    void this.#write((database) => putDraft(database, record)).then((written) => {
      if (!written && this.#drafts.get(roomId) === text) {
        this.#unkeptDrafts.add(roomId)
      }
    })
  }

  /** Would something that was begun be lost with the page? */
  losesDrafts(): boolean {
    return this.#unkeptDrafts.size > 0
  }

  hasDrafts(): boolean {
    return this.#drafts.size > 0
  }

  /** Resolves with whether it is kept; otherwise it lasts as long as the page. Never rejects. */
  async keepMessage(message: WaitingMessage): Promise<boolean> {
    const others = new Map(this.#waitingBytes)
    others.delete(message.clientMessageId)
    const bytes = bytesKept(message)
    const sum = [...others.values()].reduce((before, each) => before + each, bytes)
    if (others.size >= waitingMessagesMax || sum > waitingBytesMax) {
      return false
    }
    this.#waitingBytes.set(message.clientMessageId, bytes)
    const record = { ...message, personId: this.#personId }
    const written = await this.#write((database) => putWaiting(database, record))
    if (!written) {
      this.#waitingBytes.delete(message.clientMessageId)
    }
    return written
  }

  forgetMessage(clientMessageId: string): void {
    this.#waitingBytes.delete(clientMessageId)
    void this.#write((database) => deleteWaiting(database, this.#personId, clientMessageId))
  }

  /** Keeps these instead of what was kept before; of too many, the first ones. */
  keepPlaces(places: readonly KeptPlace[]): void {
    const changedAt = Date.now()
    const kept = places.slice(0, keptPlacesMax).map(({ roomId, seq, epoch }) => ({
      personId: this.#personId,
      roomId,
      seq,
      epoch,
      changedAt,
    }))
    this.forgetPlaces([...this.#keptPlaces])
    if (kept.length > 0) {
      for (const { roomId } of kept) {
        this.#keptPlaces.add(roomId)
      }
      void this.#write((database) => putPlaces(database, kept))
    }
  }

  forgetPlaces(roomIds: readonly string[]): void {
    const kept = roomIds.filter((roomId) => this.#keptPlaces.delete(roomId))
    if (kept.length > 0) {
      void this.#write((database) => deletePlaces(database, this.#personId, kept))
    }
  }

  #write(write: (database: LocalDatabase) => Promise<void>): Promise<boolean> {
    return this.#database === null
      ? Promise.resolve(false)
      : write(this.#database).then(
          () => true,
          () => false,
        )
  }

  #shut(): void {
    this.#database?.close()
    this.#database = null
  }
}

/** Erases everything that this browser keeps of anybody's chat; other tabs keep nothing from now on. */
export async function eraseLocalStore(): Promise<void> {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('erased')
  channel.close()
  forgetRecentEmoji()
  const database = await openLocalDatabase()
  if (database !== null) {
    await eraseKept(database).finally(() => database.close())
  }
}

async function recall(database: LocalDatabase, personId: string): Promise<Recalled | null> {
  try {
    const kept = await readKept(database, personId, Date.now() - keptMillisMax)
    return {
      waiting: kept.waiting.map(({ personId: _, ...message }) => message),
      drafts: new Map(kept.drafts.map((draft) => [draft.roomId, draft.text])),
      places: kept.places.map(({ roomId, seq, epoch }) => ({ roomId, seq, epoch })),
    }
  } catch {
    // A damaged store is as good as none.
    return null
  }
}
