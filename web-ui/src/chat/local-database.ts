import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { FileRef } from '../wire/frames.ts'

/** A message that is not in the log yet, as this browser keeps it. */
export interface WaitingRecord {
  readonly personId: string
  readonly clientMessageId: string
  readonly roomId: string
  readonly text: string
  /** The `seq` of the message that it answers; absent if it answers none. */
  readonly replyTo?: number
  /** They are stored already; absent without any. */
  readonly files?: readonly FileRef[]
  /** RFC 3339, by this machine's clock. */
  readonly writtenAt: string
  /** The slug of what it failed with; `null` while it waits. */
  readonly problem: string | null
}

/** What somebody has begun to write in a room. */
export interface DraftRecord {
  readonly personId: string
  readonly roomId: string
  readonly text: string
  /** Milliseconds of the clock. */
  readonly changedAt: number
}

/** Up to where somebody has read a room, as long as the server may not know it. */
export interface PlaceRecord {
  readonly personId: string
  readonly roomId: string
  readonly seq: number
  /** Of the log that the place is in. */
  readonly epoch: string
  /** Milliseconds of the clock. */
  readonly changedAt: number
}

interface LocalSchema extends DBSchema {
  waiting: { key: [string, string]; value: WaitingRecord }
  drafts: { key: [string, string]; value: DraftRecord }
  places: { key: [string, string]; value: PlaceRecord }
}

export type LocalDatabase = IDBPDatabase<LocalSchema>

export const localDatabaseName = 'tercet.chat'
const everything = ['waiting', 'drafts', 'places'] as const
/** Of an earlier version of the page: the server knows now how far people have read. */
const outdated = ['marks', 'epochs']

/** A browser whose storage does not answer is one without storage: the page opens all the same. */
export const openMillisMax = 2_000

/** The database of this browser; `null` where it has none, as in some private windows. */
export async function openLocalDatabase(): Promise<LocalDatabase | null> {
  if (!('indexedDB' in globalThis)) {
    return null
  }
  let late = false
  const opening = openOurs().then(
    (database) => {
      if (late) {
        database.close()
      }
      return late ? null : database
    },
    () => null,
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      late = true
      resolve(null)
    }, openMillisMax)
  })
  const opened = await Promise.race([opening, patience])
  clearTimeout(timer)
  return opened
}

async function openOurs(): Promise<LocalDatabase> {
  return openDB<LocalSchema>(localDatabaseName, 2, {
    upgrade(database, from) {
      if (from < 1) {
        database.createObjectStore('waiting', { keyPath: ['personId', 'clientMessageId'] })
        database.createObjectStore('drafts', { keyPath: ['personId', 'roomId'] })
      }
      const stores = database as unknown as IDBDatabase
      for (const name of outdated.filter((each) => stores.objectStoreNames.contains(each))) {
        stores.deleteObjectStore(name)
      }
      database.createObjectStore('places', { keyPath: ['personId', 'roomId'] })
    },
    // A newer page wants to change the schema: it may, and this one keeps nothing from now on.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  })
}

/** What is kept of one person: messages and drafts oldest first. */
export interface KeptRecords {
  readonly waiting: readonly WaitingRecord[]
  readonly drafts: readonly DraftRecord[]
  readonly places: readonly PlaceRecord[]
}

/** Reads what is kept of a person since a time; erases what is older, and everything of others. */
export async function readKept(
  database: LocalDatabase,
  personId: string,
  since: number,
): Promise<KeptRecords> {
  const transaction = database.transaction(everything, 'readwrite')
  const waitingStore = transaction.objectStore('waiting')
  const draftStore = transaction.objectStore('drafts')
  const placeStore = transaction.objectStore('places')
  const [waiting, drafts, places] = await Promise.all([
    waitingStore.getAll(),
    draftStore.getAll(),
    placeStore.getAll(),
  ])
  const mine = (record: { readonly personId: string }) => record.personId === personId
  const waits = (each: WaitingRecord) => mine(each) && Date.parse(each.writtenAt) >= since
  const stays = (each: DraftRecord | PlaceRecord) => mine(each) && each.changedAt >= since
  await Promise.all([
    ...gone(waiting, waits).map((each) =>
      waitingStore.delete([each.personId, each.clientMessageId]),
    ),
    ...gone(drafts, stays).map((each) => draftStore.delete([each.personId, each.roomId])),
    ...gone(places, stays).map((each) => placeStore.delete([each.personId, each.roomId])),
  ])
  await transaction.done
  return {
    waiting: waiting
      .filter(waits)
      .sort((one, other) => Date.parse(one.writtenAt) - Date.parse(other.writtenAt)),
    drafts: drafts.filter(stays).sort((one, other) => one.changedAt - other.changedAt),
    places: places.filter(stays),
  }
}

function gone<R>(records: readonly R[], stays: (record: R) => boolean): readonly R[] {
  return records.filter((record) => !stays(record))
}

/** Erases everything that this browser keeps of anybody's chat. */
export async function eraseKept(database: LocalDatabase): Promise<void> {
  const transaction = database.transaction(everything, 'readwrite')
  await Promise.all(everything.map((name) => transaction.objectStore(name).clear()))
  await transaction.done
}

// Written in the task of the caller, and committed without waiting for an answer: then the browser
// completes it also if the page is closed in the next task.
function committed(
  transaction: { readonly commit: () => void; readonly done: Promise<void> },
  answer: Promise<unknown>,
): Promise<void> {
  // What a request failed with, the transaction says as well.
  answer.catch(() => undefined)
  transaction.commit()
  return transaction.done
}

export async function putWaiting(database: LocalDatabase, record: WaitingRecord): Promise<void> {
  const transaction = database.transaction('waiting', 'readwrite')
  return committed(transaction, transaction.store.put(record))
}

export async function deleteWaiting(
  database: LocalDatabase,
  personId: string,
  clientMessageId: string,
): Promise<void> {
  const transaction = database.transaction('waiting', 'readwrite')
  return committed(transaction, transaction.store.delete([personId, clientMessageId]))
}

export async function putDraft(database: LocalDatabase, record: DraftRecord): Promise<void> {
  const transaction = database.transaction('drafts', 'readwrite')
  return committed(transaction, transaction.store.put(record))
}

export async function deleteDraft(
  database: LocalDatabase,
  personId: string,
  roomId: string,
): Promise<void> {
  const transaction = database.transaction('drafts', 'readwrite')
  return committed(transaction, transaction.store.delete([personId, roomId]))
}

export async function putPlaces(
  database: LocalDatabase,
  records: readonly PlaceRecord[],
): Promise<void> {
  const transaction = database.transaction('places', 'readwrite')
  return committed(transaction, Promise.all(records.map((each) => transaction.store.put(each))))
}

export async function deletePlaces(
  database: LocalDatabase,
  personId: string,
  roomIds: readonly string[],
): Promise<void> {
  const transaction = database.transaction('places', 'readwrite')
  const deletions = roomIds.map((roomId) => transaction.store.delete([personId, roomId]))
  return committed(transaction, Promise.all(deletions))
}
