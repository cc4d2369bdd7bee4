import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Room, RoomPage } from '../wire/rooms.ts'
import { RoomSearch, typingMillis } from './room-search.ts'

interface Question {
  readonly typed: string
  readonly cursor: string | null
  readonly signal: AbortSignal
  readonly answer: (page: RoomPage) => Promise<void>
  readonly fail: () => Promise<void>
}

let asked: Question[]
let search: RoomSearch

function page(names: string[], next: string | null = null): RoomPage {
  const rooms = names.map((name): Room => {
    const counts = {
      lastSeq: 1,
      memberCount: 1,
      role: null,
      lastReadSeq: null,
      unread: null,
      mentions: null,
    }
    return {
      roomId: name,
      kind: 'room',
      name,
      topic: '',
      visibility: 'public',
      member: false,
      people: [],
      ...counts,
    }
  })
  return { rooms, next }
}

function question(at: number): Question {
  const found = asked[at]
  if (found === undefined) {
    throw new Error(`question ${at} was not asked`)
  }
  return found
}

function names(): string[] {
  return search.store.get().rooms.map((room) => room.name)
}

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  search = new RoomSearch((typed, cursor, signal) => {
    let resolve: (page: RoomPage) => void = () => undefined
    let reject: (failure: Error) => void = () => undefined
    const promise = new Promise<RoomPage>((found, failed) => {
      resolve = found
      reject = failed
    })
    asked.push({
      typed,
      cursor,
      signal,
      answer: async (found) => {
        resolve(found)
        await vi.advanceTimersByTimeAsync(0)
      },
      fail: async () => {
        reject(new Error('unreachable'))
        await vi.advanceTimersByTimeAsync(0)
      },
    })
    return promise
  })
})

afterEach(() => {
  search.stop()
  vi.useRealTimers()
})

describe('a search for rooms', () => {
  it('asks at once at its start, and then only when nobody types on', async () => {
    search.start()
    expect(asked.map((each) => each.typed)).toEqual([''])
    search.type('t')
    await vi.advanceTimersByTimeAsync(typingMillis - 1)
    search.type('te')
    await vi.advanceTimersByTimeAsync(typingMillis - 1)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(asked.map((each) => each.typed)).toEqual(['', 'te'])
  })

  it('takes no answer to an older question, and gives that up', async () => {
    search.start()
    search.type('team')
    expect(question(0).signal.aborted).toBe(true)
    await question(0).answer(page(['old']))
    expect(names()).toEqual([])
    await vi.advanceTimersByTimeAsync(typingMillis)
    search.type('teams')
    await vi.advanceTimersByTimeAsync(typingMillis)
    await question(2).answer(page(['teams']))
    await question(1).answer(page(['team']))
    expect(names()).toEqual(['teams'])
    expect(search.store.get()).toMatchObject({ status: 'found', foundFor: 'teams' })
  })

  it('is not disturbed by the failure of an older question', async () => {
    search.start()
    search.type('team')
    await vi.advanceTimersByTimeAsync(typingMillis)
    await question(0).fail()
    expect(search.store.get().status).toBe('searching')
  })

  it('goes on page by page, with each room once', async () => {
    search.start()
    await question(0).answer(page(['a', 'b'], 'behind b'))
    search.more()
    search.more()
    expect(asked).toHaveLength(2)
    expect(question(1).cursor).toBe('behind b')
    await question(1).answer(page(['b', 'c']))
    expect(names()).toEqual(['a', 'b', 'c'])
    search.more()
    expect(asked).toHaveLength(2)
  })

  it('drops the next page of what was looked for before', async () => {
    search.start()
    await question(0).answer(page(['a'], 'behind a'))
    search.more()
    search.type('x')
    await question(1).answer(page(['b']))
    expect(names()).toEqual(['a'])
    search.more()
    expect(asked).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(typingMillis)
    await question(2).answer(page(['x']))
    expect(names()).toEqual(['x'])
  })

  it('asks again for what failed', async () => {
    search.start()
    await question(0).fail()
    expect(search.store.get()).toMatchObject({ status: 'failed', rooms: [] })
    search.retry()
    await question(1).answer(page(['a'], 'behind a'))
    search.more()
    await question(2).fail()
    expect(search.store.get()).toMatchObject({ status: 'failed', next: 'behind a' })
    expect(names()).toEqual(['a'])
    search.retry()
    expect(question(3).cursor).toBe('behind a')
    await question(3).answer(page(['b']))
    expect(names()).toEqual(['a', 'b'])
  })

  it('asks nothing more when it was stopped', async () => {
    search.start()
    search.type('team')
    search.stop()
    await vi.advanceTimersByTimeAsync(typingMillis)
    expect(asked).toHaveLength(1)
  })
})
