import { describe, expect, it, vi } from 'vitest'
import { Problem } from '../wire/problem.ts'
import type { Unread } from '../wire/reading.ts'
import { ChatClient } from './chat-client.ts'
import {
  breakLine,
  connect,
  connectBeforeEach,
  deleted,
  entry,
  joinRooms,
  me,
  page,
  parts,
  place,
  room,
  subscribed,
  unread,
} from './chat-client-fixture.ts'
import { reportAgainMillis, reportMillis } from './place-reports.ts'
import { questionMillis } from './unread-questions.ts'

connectBeforeEach()

function heard(lastReadSeq: number, roomId = 'lobby'): void {
  page.line.onFrames([{ type: 'read', roomId, lastReadSeq }])
}

/** What the server answers from now on; returns the rooms that it is asked about. */
function answer(unreadNow: Partial<Unread>): string[] {
  const asked: string[] = []
  page.reading = {
    ...page.reading,
    getUnread: (roomId) => {
      asked.push(roomId)
      const nothing = {
        lastSeq: 10,
        lastReadSeq: 10,
        unread: 0,
        firstUnreadSeq: null,
        mentions: [],
      }
      return Promise.resolve({ ...nothing, ...unreadNow })
    },
  }
  return asked
}

async function listAgain(...rooms: typeof page.rooms): Promise<void> {
  page.rooms = rooms
  await page.chat.refreshRooms()
}

describe('unread messages', () => {
  it('are those that the list counts, and what comes after it', async () => {
    await listAgain(room('lobby', 10, 4, 6))
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12, me), entry(13)])
    expect(unread('lobby')).toBe(8)
    page.chat.markRead('lobby')
    expect([unread('lobby'), place()]).toEqual([0, 13])
  })

  it('follow what the person reads on another device', () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12), entry(13)])
    heard(12)
    expect([unread('lobby'), place()]).toEqual([1, 12])
    heard(10)
    expect([unread('lobby'), place()]).toEqual([3, 10])
    expect(page.reports).toEqual([])
  })

  it('are asked for where the page cannot count them', async () => {
    await listAgain(room('lobby', 10, 4, 6))
    page.line.onFrames([subscribed(10, 10)])
    const asked = answer({ lastReadSeq: 7, unread: 2, firstUnreadSeq: 9 })
    heard(7)
    expect(unread('lobby')).toBe(3)
    await vi.advanceTimersByTimeAsync(questionMillis)
    expect([asked, unread('lobby')]).toEqual([['lobby'], 2])
    page.line.onFrames([deleted(11, 9)])
    await vi.advanceTimersByTimeAsync(questionMillis)
    expect(asked).toHaveLength(2)
  })

  it('count a message no more that is deleted', () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12), deleted(13, 11)])
    expect(unread('lobby')).toBe(1)
  })

  it('stay as they are if the place moved while the list was read', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    page.rooms = [room('lobby', 12, 10, 2)]
    const reading = page.chat.refreshRooms()
    page.chat.markRead('lobby')
    await reading
    expect([unread('lobby'), place()]).toEqual([0, 12])
  })

  it('stay as they are if the page has counted further than the list', async () => {
    await listAgain(room('lobby', 10, 4, 6))
    page.line.onFrames([subscribed(10, 10), entry(11), deleted(12, 11)])
    expect(unread('lobby')).toBe(6)
    await listAgain(room('lobby', 11, 4, 7))
    expect(unread('lobby')).toBe(6)
  })

  it('count a deletion once, when all before it is here', async () => {
    await listAgain(room('lobby', 10, 4, 6))
    page.line.onFrames([subscribed(10, 10), entry(11)])
    page.line.onFrames([deleted(13, 11)])
    expect(unread('lobby')).toBe(7)
    page.line.onFrames([subscribed(11, 13), entry(12), deleted(13, 11)])
    expect(unread('lobby')).toBe(7)
  })

  it('are asked for after a report, if somebody moved the place meanwhile', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    const asked = answer({ lastSeq: 12, lastReadSeq: 10, unread: 2, firstUnreadSeq: 11 })
    page.chat.readTo('lobby', 12)
    heard(10)
    heard(9)
    expect(place()).toBe(12)
    await vi.advanceTimersByTimeAsync(questionMillis)
    expect([asked, place()]).toEqual([['lobby'], 10])
  })

  it('begin again with the list when the log is another one', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11)])
    page.reading = { ...page.reading, putRead: () => Promise.reject(new Error('broken')) }
    page.chat.markRead('lobby')
    await vi.advanceTimersByTimeAsync(0)
    breakLine()
    page.rooms = [room('lobby', 30, 25, 3)]
    await connect('second')
    expect([unread('lobby'), place()]).toEqual([3, 25])
  })
})

describe('the place up to which somebody has read', () => {
  it('is reported at most once a second, the last one', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12), entry(13), entry(14)])
    page.chat.readTo('lobby', 11)
    page.chat.readTo('lobby', 12)
    page.chat.readTo('lobby', 14)
    page.chat.readTo('lobby', 13)
    await vi.advanceTimersByTimeAsync(reportMillis - 1)
    expect(page.reports).toEqual(['lobby 11'])
    await vi.advanceTimersByTimeAsync(1)
    expect(page.reports).toEqual(['lobby 11', 'lobby 14'])
    await vi.advanceTimersByTimeAsync(10 * reportMillis)
    expect(page.reports).toHaveLength(2)
  })

  it('is not reported if the server has it', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11)])
    heard(11)
    page.chat.readTo('lobby', 11)
    page.chat.markRead('lobby')
    await vi.advanceTimersByTimeAsync(reportMillis)
    expect(page.reports).toEqual([])
  })

  it('stays while an earlier report comes back', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    page.chat.readTo('lobby', 11)
    page.chat.readTo('lobby', 12)
    const asked = answer({})
    heard(11)
    expect(place()).toBe(12)
    await vi.advanceTimersByTimeAsync(10 * questionMillis)
    expect(asked).toEqual([])
  })

  it('goes back when a message is marked as unread, and on from there', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12), entry(13)])
    page.chat.readTo('lobby', 13)
    page.chat.markUnread('lobby', 12)
    expect([unread('lobby'), place()]).toEqual([2, 11])
    page.chat.readTo('lobby', 12)
    await vi.advanceTimersByTimeAsync(2 * reportMillis)
    expect(page.reports).toEqual(['lobby 13', 'lobby 12 back'])
  })

  it('is reported again after it failed, and after a break', async () => {
    const { putRead } = page.reading
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    page.reading = { ...page.reading, putRead: () => Promise.reject(new Problem('x', 503, '')) }
    page.chat.readTo('lobby', 11)
    await vi.advanceTimersByTimeAsync(0)
    page.reading = { ...page.reading, putRead }
    await vi.advanceTimersByTimeAsync(reportAgainMillis)
    expect(page.reports).toEqual(['lobby 11'])
    await vi.advanceTimersByTimeAsync(reportMillis)
    breakLine()
    page.chat.readTo('lobby', 12)
    await vi.advanceTimersByTimeAsync(reportAgainMillis)
    expect(page.reports).toEqual(['lobby 11'])
    page.rooms = [room('lobby', 12, 11, 1)]
    await connect()
    expect(page.reports).toEqual(['lobby 11', 'lobby 12'])
    expect([unread('lobby'), place()]).toEqual([0, 12])
  })

  it('is not reported again if the server refuses it', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11)])
    let tries = 0
    const refuse = () => {
      tries += 1
      return Promise.reject(new Problem('invalid-request', 400, ''))
    }
    page.reading = { ...page.reading, putRead: refuse }
    page.chat.readTo('lobby', 11)
    await vi.advanceTimersByTimeAsync(10 * reportAgainMillis)
    expect(tries).toBe(1)
  })

  it('is reported at once when the page is hidden, and kept until the server has it', async () => {
    page.line.onFrames([subscribed(10, 10), entry(11), entry(12)])
    page.chat.readTo('lobby', 11)
    await vi.advanceTimersByTimeAsync(0)
    page.chat.readTo('lobby', 12)
    page.chat.hidden()
    expect(page.reports).toEqual(['lobby 11', 'lobby 12'])
    expect(page.keptPlaces).toEqual([{ roomId: 'lobby', seq: 12, epoch: 'first' }])
    await vi.advanceTimersByTimeAsync(0)
    expect(page.keptPlaces).toEqual([])
  })

  it('of an earlier page is reported, unless it is in another log', async () => {
    page.recalledPlaces = [{ roomId: 'lobby', seq: 9, epoch: 'first' }]
    const next = new ChatClient(parts())
    page.rooms = [room('lobby', 10, 4, 6)]
    await connect()
    expect(page.reports).toEqual(['lobby 9'])
    answer({ lastReadSeq: 9, unread: 1 })
    await vi.advanceTimersByTimeAsync(questionMillis)
    expect(next.store.get().reading.get('lobby')).toMatchObject({ place: 9, unread: 1 })
    next.stop()
    page.recalledPlaces = [{ roomId: 'lobby', seq: 9, epoch: 'earlier' }]
    const last = new ChatClient(parts())
    await connect()
    expect(page.reports).toHaveLength(1)
    last.stop()
  })
})

describe('all rooms', () => {
  it('are marked as read with one request, and as they were with another', async () => {
    await joinRooms(3)
    await listAgain(room('r0', 10, 4, 6), room('r1', 10, 10, 0), room('r2', 10, 9, 1))
    const moved = page.chat.markAllRead()
    expect([unread('r0'), unread('r2')]).toEqual([0, 0])
    await vi.advanceTimersByTimeAsync(2 * reportMillis)
    expect(page.reports).toEqual(['r0 10', 'r2 10'])
    page.chat.putBackRead(moved)
    expect([unread('r0'), unread('r2')]).toEqual([6, 1])
    await vi.advanceTimersByTimeAsync(2 * reportMillis)
    expect(page.reports.slice(2)).toEqual(['r0 4 back', 'r2 9 back'])
  })

  it('are not put back where somebody has read on since', async () => {
    await listAgain(room('lobby', 10, 4, 6))
    page.line.onFrames([subscribed(10, 10)])
    const moved = page.chat.markAllRead()
    page.line.onFrames([entry(11)])
    page.chat.readTo('lobby', 11)
    page.chat.putBackRead(moved)
    expect(place()).toBe(11)
  })
})
