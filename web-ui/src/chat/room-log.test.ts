import { describe, expect, it } from 'vitest'
import { LogModel, randomOf, seen } from './log-fixture.ts'
import { waitingMarksMax } from './message-marks.ts'
import {
  appendEntries,
  emptyLog,
  type HistoryPage,
  historyPage,
  lastSeq,
  messageAt,
  prependHistory,
  type RoomLog,
  requestOlder,
} from './room-log.ts'

const me = 'me'

/** A server and a page: entries arrive late and in order, answers when they come. */
class Exchange {
  readonly #random: (below: number) => number
  readonly server: LogModel
  log: RoomLog
  /** Of the request that is under way, once the server has read it. */
  #answer: HistoryPage | null = null

  constructor(random: (below: number) => number) {
    this.#random = random
    this.server = new LogModel(random, ['me', 'ada', 'grace'])
    for (let i = random(300); i >= 0; i--) {
      this.server.grow()
    }
    this.log = emptyLog(this.server.last)
  }

  step(): void {
    switch (this.#random(5)) {
      case 0:
        return this.server.grow()
      case 1:
        return this.deliver(1 + this.#random(5))
      case 2:
        return this.ask()
      case 3:
        return this.read()
      default:
        return this.receive()
    }
  }

  deliver(count: number): void {
    const next = this.server.raw().slice(lastSeq(this.log), lastSeq(this.log) + count)
    this.log = appendEntries(this.log, next, me).log
  }

  ask(): void {
    if (this.log.older === null && this.log.after > 0) {
      this.log = requestOlder(this.log)
    }
  }

  /** The server reads what was asked for; of long messages it gives fewer. */
  read(): void {
    if (this.log.older !== null && this.#answer === null) {
      const to = this.log.after
      const from = Math.max(1, to + 1 - (1 + this.#random(historyPage)))
      const quoted = this.server.quoted(from, to)
      this.#answer = { entries: this.server.asNow(from, to), quoted, from, to }
    }
  }

  receive(): void {
    if (this.#answer !== null) {
      this.log = prependHistory(this.log, this.#answer, me)
      this.#answer = null
    }
  }
}

describe('a log that is read while others edit, delete, answer, react and pin', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'is that of the server once everything arrived (seed %i)',
    (seed) => {
      const exchange = new Exchange(randomOf(seed))
      for (let i = 0; i < 300; i++) {
        exchange.step()
      }
      exchange.deliver(Number.POSITIVE_INFINITY)
      while (exchange.log.after > 0) {
        exchange.ask()
        exchange.read()
        exchange.receive()
      }
      const { server, log } = exchange
      expect(lastSeq(log)).toBe(server.last)
      expect(seen(log.entries)).toEqual(seen(server.asNow(1, server.last)))
      expect(log.quoted.size).toBe(0)
    },
  )
})

describe('a log', () => {
  const at = { personId: 'grace', name: 'grace', sentAt: '2026-11-23T08:00:00Z' }
  const said = (seq: number) =>
    ({ ...at, seq, kind: 'message', clientMessageId: `c${seq}`, text: 'hi' }) as const
  const edit = (seq: number, targetSeq: number) =>
    ({ ...at, seq, kind: 'edited', edited: { targetSeq, text: 'new' } }) as const
  const deletion = (seq: number, targetSeq: number) =>
    ({ ...at, seq, kind: 'deleted', deleted: { targetSeq } }) as const

  const reaction = (seq: number, targetSeq: number) =>
    ({ ...at, seq, kind: 'reacted', reacted: { targetSeq, emoji: '👍' } }) as const

  it('counts the places of entries about others, which are no news', () => {
    const { log, gap } = appendEntries(emptyLog(0), [said(1), edit(2, 1), said(3)], me)
    expect(gap).toBe(false)
    expect(log.entries.map(({ seq }) => seq)).toEqual([1, 3])
    const deleted = appendEntries(log, [deletion(4, 3)], me).log
    expect(lastSeq(deleted)).toBe(4)
    expect(appendEntries(deleted, [said(6)], me).gap).toBe(true)
  })

  it('goes on from a page that has nothing but places', () => {
    const log = prependHistory(requestOlder(emptyLog(40)), { entries: [], from: 21, to: 40 }, me)
    expect(log).toMatchObject({ after: 20, last: 40, entries: [], older: null })
    expect(prependHistory(log, { entries: [said(1)], from: 1, to: 20 }, me).after).toBe(0)
  })

  it('leaves out a page that does not reach it any more', () => {
    const log = requestOlder(emptyLog(40))
    for (const [from, to] of [
      [1, 39],
      [41, 60],
    ] as const) {
      const page = { entries: [said(from)], from, to }
      expect(prependHistory(log, page, me)).toMatchObject({ after: 40, entries: [], older: null })
    }
  })

  it('remembers no more changes than the page that is awaited may have messages', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => edit(1_001 + i, 1 + (i % 1_000)))
    const { log } = appendEntries(requestOlder(emptyLog(1_000)), many, me)
    expect(log.older?.changes.size).toBe(historyPage)
    expect(appendEntries(emptyLog(1_000), many, me).log.older).toBeNull()
  })

  it('asks for a page again of which it could not remember all reactions', () => {
    const many = Array.from({ length: waitingMarksMax + 1 }, (_, i) => reaction(41 + i, 40))
    const { log } = appendEntries(requestOlder(emptyLog(40)), many, me)
    expect(log.older?.marks.marks).toHaveLength(waitingMarksMax)
    const page = (asOf: number) => ({ entries: [{ ...said(40), asOf }], from: 1, to: 40 })
    expect(prependHistory(log, page(40), me)).toMatchObject({ after: 40, older: null })
    expect(prependHistory(log, page(41), me)).toMatchObject({
      after: 0,
      entries: [{ seq: 40, reactions: [{ emoji: '👍', count: waitingMarksMax, mine: false }] }],
    })
  })

  it('counts the replies that come and are deleted, also of a message that was deleted', () => {
    const reply = (seq: number, replyTo: number) => ({ ...said(seq), replyTo })
    const { log } = appendEntries(emptyLog(0), [said(1), reply(2, 1), reply(3, 1)], me)
    expect(log.entries[0]).toMatchObject({ seq: 1, replies: 2 })
    const gone = appendEntries(log, [deletion(4, 1), deletion(5, 2), reply(6, 3)], me).log
    expect(gone.entries[0]).toMatchObject({ seq: 1, replies: 1, deleted: { name: 'grace' } })
    expect(gone.entries[2]).toMatchObject({ seq: 3, replies: 1 })
    const none = appendEntries(gone, [deletion(7, 3)], me).log
    expect(none.entries[0]).not.toHaveProperty('replies')
  })

  it('counts a reply to a page that is under way once, whichever comes first', () => {
    const asked = requestOlder(emptyLog(40))
    const replies = [{ ...said(41), replyTo: 40 }, { ...said(42), replyTo: 40 }, deletion(43, 41)]
    const { log } = appendEntries(asked, replies, me)
    const page = (asOf: number, count: number) => ({
      entries: [{ ...said(40), asOf, replies: count }],
      from: 40,
      to: 40,
    })
    expect(prependHistory(log, page(40, 5), me).entries[0]).toMatchObject({ replies: 6 })
    expect(prependHistory(log, page(42, 7), me).entries[0]).toMatchObject({ replies: 6 })
    expect(prependHistory(log, page(43, 6), me).entries[0]).toMatchObject({ replies: 6 })
  })

  it('counts the deletion of a reply that comes with the page', () => {
    const { log } = appendEntries(requestOlder(emptyLog(40)), [deletion(41, 40)], me)
    const entries = [
      { ...said(39), asOf: 40, replies: 1 },
      { ...said(40), asOf: 40, replyTo: 39 },
    ]
    const read = prependHistory(log, { entries, from: 39, to: 40 }, me)
    expect(read.entries[0]).not.toHaveProperty('replies')
    expect(read.entries[1]).toMatchObject({ deleted: { name: 'grace' } })
  })

  it('knows what its messages answer, as that is now, until it is here itself', () => {
    const asked = requestOlder(emptyLog(40))
    const reply = { ...said(40), replyTo: 7 }
    const page = { entries: [reply], quoted: [said(7)], from: 40, to: 40 }
    const log = prependHistory(asked, page, me)
    expect(messageAt(log, 7)).toEqual(said(7))
    expect(messageAt(log, 40)).toEqual(reply)
    expect(messageAt(log, 8)).toBeNull()
    const edited = appendEntries(log, [edit(41, 7)], me).log
    expect(messageAt(edited, 7)).toMatchObject({ text: 'new', version: 41 })
    const stale = prependHistory(edited, { entries: [], quoted: [said(7)], from: 30, to: 39 }, me)
    expect(messageAt(stale, 7)).toMatchObject({ text: 'new' })
    const deleted = appendEntries(stale, [deletion(42, 7)], me).log
    expect(messageAt(deleted, 7)).toMatchObject({ text: '', deleted: { name: 'grace' } })
    const here = prependHistory(deleted, { entries: [said(7)], from: 1, to: 29 }, me)
    expect(here.quoted.size).toBe(0)
    expect(messageAt(here, 7)).toEqual(said(7))
  })

  it('knows since when its pins may be others', () => {
    const pin = { ...at, seq: 2, kind: 'pinned', pinned: { targetSeq: 1 } } as const
    const { log } = appendEntries(emptyLog(0), [said(1), pin, reaction(3, 1)], me)
    expect(log.pinsChangedAt).toBe(2)
    expect(log.entries.map(({ kind }) => kind)).toEqual(['message', 'pinned'])
    expect(log.entries[0]).toMatchObject({ pinned: { name: 'grace', at: at.sentAt } })
    expect(appendEntries(log, [edit(4, 1)], me).log.pinsChangedAt).toBe(4)
  })
})
