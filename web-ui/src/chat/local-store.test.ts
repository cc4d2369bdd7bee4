import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { localDatabaseName, openMillisMax } from './local-database.ts'
import {
  draftBytesMax,
  draftsMax,
  eraseLocalStore,
  keptMillisMax,
  keptPlacesMax,
  LocalStore,
  type WaitingMessage,
  waitingBytesMax,
  waitingMessagesMax,
} from './local-store.ts'

let opened: LocalStore[]

const lobby = { roomId: 'lobby', seq: 7, epoch: 'e' }

async function open(personId = 'ada'): Promise<LocalStore> {
  const store = await LocalStore.open(personId)
  opened.push(store)
  return store
}

/** A page that is closed, and opened again. */
async function reload(store: LocalStore, personId = 'ada'): Promise<LocalStore> {
  store.close()
  return open(personId)
}

function waiting(clientMessageId: string, text = 'hello', writtenAt = Date.now()): WaitingMessage {
  const at = new Date(writtenAt).toISOString()
  return { clientMessageId, roomId: 'lobby', text, writtenAt: at, problem: null }
}

function stubLocalStorage(): Map<string, string> {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    get length() {
      return kept.size
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  return kept
}

beforeEach(() => {
  opened = []
  vi.stubGlobal('indexedDB', new IDBFactory())
})

afterEach(() => {
  for (const store of opened) {
    store.close()
  }
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what a browser keeps', () => {
  it('are messages that wait, drafts and places that are not reported', async () => {
    const store = await open()
    expect(await store.keepMessage(waiting('second', 'two', Date.now()))).toBe(true)
    expect(await store.keepMessage(waiting('first', 'one', Date.now() - 1_000))).toBe(true)
    await store.keepMessage(waiting('gone'))
    store.forgetMessage('gone')
    store.setDraft('lobby', 'I have be')
    store.setDraft('plans', 'sent')
    store.setDraft('plans', '')
    store.keepPlaces([lobby])
    const again = await reload(store)
    expect(again.waiting.map((each) => each.clientMessageId)).toEqual(['first', 'second'])
    expect(again.waiting[0]).toMatchObject({ roomId: 'lobby', text: 'one', problem: null })
    expect(again.draft('lobby')).toBe('I have be')
    expect(again.draft('plans')).toBe('')
    expect(again.places).toEqual([lobby])
  })

  it('is handed over at once: a page that is closed in the next task loses nothing', async () => {
    const store = await open()
    void store.keepMessage(waiting('last'))
    store.setDraft('lobby', 'begun')
    const again = await reload(store)
    expect(again.waiting).toHaveLength(1)
    expect(again.draft('lobby')).toBe('begun')
  })

  it('is erased when somebody signs out, also of tabs that write later', async () => {
    const kept = stubLocalStorage()
    kept.set('tercet.theme', 'dark')
    const store = await open()
    store.keepPlaces([lobby])
    await store.keepMessage(waiting('m'))
    store.setDraft('lobby', 'secret')
    await eraseLocalStore()
    await vi.waitUntil(async () => !(await store.keepMessage(waiting('later'))))
    store.setDraft('lobby', 'also secret')
    const again = await open()
    expect(again.waiting.map((each) => each.clientMessageId)).not.toContain('m')
    expect(again.draft('lobby')).toBe('')
    expect(again.places).toEqual([])
    expect([...kept.keys()]).toEqual(['tercet.theme'])
  })

  it('is erased when another person enters', async () => {
    const ada = await open('ada')
    await ada.keepMessage(waiting('m'))
    ada.setDraft('lobby', 'of ada')
    ada.keepPlaces([lobby])
    const grace = await reload(ada, 'grace')
    expect(grace.waiting).toEqual([])
    expect(grace.draft('lobby')).toBe('')
    expect(grace.places).toEqual([])
    const again = await reload(grace, 'ada')
    expect(again.waiting).toEqual([])
    expect(again.draft('lobby')).toBe('')
    expect(again.places).toEqual([])
  })

  it('is erased when it is older than a session', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const store = await open()
    await store.keepMessage(waiting('old'))
    store.setDraft('lobby', 'old')
    store.keepPlaces([lobby])
    vi.setSystemTime(Date.now() + keptMillisMax)
    const once = await reload(store)
    expect([once.waiting.length, once.draft('lobby'), once.places.length]).toEqual([1, 'old', 1])
    vi.setSystemTime(Date.now() + 1)
    const again = await reload(once)
    expect([again.waiting.length, again.draft('lobby'), again.places.length]).toEqual([0, '', 0])
  })
})

describe('a message that waits', () => {
  it('is kept once, with what became of it', async () => {
    const store = await open()
    await store.keepMessage(waiting('m'))
    await store.keepMessage({ ...waiting('m'), problem: 'message-too-long' })
    const again = await reload(store)
    expect(again.waiting).toMatchObject([{ clientMessageId: 'm', problem: 'message-too-long' }])
  })

  it('is not kept where too many are', async () => {
    const store = await open()
    for (let i = 0; i < waitingMessagesMax; i++) {
      expect(await store.keepMessage(waiting(`m${i}`))).toBe(true)
    }
    expect(await store.keepMessage(waiting('one too many'))).toBe(false)
    expect(await store.keepMessage(waiting('m0', 'changed'))).toBe(true)
    store.forgetMessage('m1')
    expect(await store.keepMessage(waiting('one too many'))).toBe(true)
  })

  it('is not kept where their texts are too long together', async () => {
    const store = await open()
    expect(await store.keepMessage(waiting('half', '长'.repeat(waitingBytesMax / 3)))).toBe(true)
    expect(await store.keepMessage(waiting('more', 'more'))).toBe(false)
    const again = await reload(store)
    expect(await again.keepMessage(waiting('more', 'more'))).toBe(false)
  })

  it('is not kept where the disk is full', async () => {
    const store = await open()
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError')
    })
    expect(await store.keepMessage(waiting('m'))).toBe(false)
    store.setDraft('lobby', 'begun')
    await vi.waitUntil(() => store.losesDrafts())
  })
})

describe('a draft', () => {
  it('that was changed longest ago lasts only as long as the page where too many are', async () => {
    const store = await open()
    for (let i = 0; i < draftsMax; i++) {
      store.setDraft(`room-${i}`, 'begun')
    }
    store.setDraft('room-0', 'begun again')
    expect(store.losesDrafts()).toBe(false)
    store.setDraft('one more', 'begun')
    expect(store.draft('room-1')).toBe('begun')
    expect(store.losesDrafts()).toBe(true)
    const again = await reload(store)
    expect(again.draft('room-1')).toBe('')
    expect(again.draft('room-0')).toBe('begun again')
    expect(again.draft('one more')).toBe('begun')
  })

  it('that is too long lasts only as long as the page', async () => {
    const store = await open()
    store.setDraft('lobby', 'x'.repeat(draftBytesMax))
    expect(store.losesDrafts()).toBe(false)
    store.setDraft('lobby', 'x'.repeat(draftBytesMax + 1))
    expect(store.losesDrafts()).toBe(true)
    store.setDraft('lobby', '')
    expect(store.losesDrafts()).toBe(false)
    expect(store.hasDrafts()).toBe(false)
  })
})

describe('places that are not reported', () => {
  it('replace those that were kept before, and go once they are reported', async () => {
    const store = await open()
    store.keepPlaces([lobby, { ...lobby, roomId: 'plans' }])
    store.keepPlaces([
      { ...lobby, seq: 9 },
      { ...lobby, roomId: 'looms' },
    ])
    store.forgetPlaces(['looms', 'never kept'])
    const again = await reload(store)
    expect(again.places).toEqual([{ ...lobby, seq: 9 }])
    again.forgetPlaces(['lobby'])
    expect((await reload(again)).places).toEqual([])
  })

  it('are kept of so many rooms', async () => {
    const store = await open()
    const many = Array.from({ length: keptPlacesMax + 1 }, (_, at) => `room-${at}`)
    store.keepPlaces(many.map((roomId) => ({ ...lobby, roomId })))
    expect((await reload(store)).places).toHaveLength(keptPlacesMax)
  })
})

describe('a browser that an earlier version of the page wrote into', () => {
  it('has messages and drafts as before, and no read marks', async () => {
    const kept = stubLocalStorage()
    kept.set('tercet.read.ada', '{"lobby":7}')
    const earlier = await openDB(localDatabaseName, 1, {
      upgrade(database) {
        database.createObjectStore('waiting', { keyPath: ['personId', 'clientMessageId'] })
        database.createObjectStore('drafts', { keyPath: ['personId', 'roomId'] })
        database.createObjectStore('marks', { keyPath: ['personId', 'roomId'] })
        database.createObjectStore('epochs', { keyPath: 'personId' })
      },
    })
    await earlier.put('waiting', { ...waiting('m'), personId: 'ada' })
    await earlier.put('drafts', { ...draft, changedAt: Date.now() })
    await earlier.put('marks', { personId: 'ada', roomId: 'lobby', seq: 7, changedAt: Date.now() })
    earlier.close()
    const store = await open()
    expect(store.waiting).toMatchObject([{ clientMessageId: 'm' }])
    expect(store.draft('lobby')).toBe('begun')
    expect(store.places).toEqual([])
    expect([...kept.keys()]).toEqual([])
    store.close()
    const now = await openDB(localDatabaseName)
    expect([...now.objectStoreNames].sort()).toEqual(['drafts', 'places', 'waiting'])
    now.close()
  })

  const draft = { personId: 'ada', roomId: 'lobby', text: 'begun' }
})

describe('a browser without storage', () => {
  it('keeps drafts as long as the page, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const kept = stubLocalStorage()
    const store = await open()
    store.setDraft('lobby', 'begun')
    expect(store.draft('lobby')).toBe('begun')
    expect(store.losesDrafts()).toBe(true)
    expect(await store.keepMessage(waiting('m'))).toBe(false)
    store.keepPlaces([lobby])
    expect((await reload(store)).places).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('opens the page all the same when opening fails', async () => {
    const open = () => {
      throw new DOMException('', 'SecurityError')
    }
    vi.stubGlobal('indexedDB', { open })
    expect((await LocalStore.open('ada')).waiting).toEqual([])
  })

  it('opens the page all the same when it does not answer', async () => {
    vi.useFakeTimers()
    const request = Object.create(IDBOpenDBRequest.prototype, {
      addEventListener: { value: () => undefined },
    })
    vi.stubGlobal('indexedDB', { open: () => request })
    const opening = LocalStore.open('ada')
    await vi.advanceTimersByTimeAsync(openMillisMax)
    expect((await opening).waiting).toEqual([])
  })
})
