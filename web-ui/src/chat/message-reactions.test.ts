import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerFrame } from '../wire/frames.ts'
import { Problem } from '../wire/problem.ts'
import {
  connectBeforeEach,
  entry,
  log,
  me,
  other,
  page,
  subscribed,
} from './chat-client-fixture.ts'
import { echoMillisMax, wishKey, withWishes } from './message-reactions.ts'

connectBeforeEach()

/** Answers the requests, the oldest first. */
let answers: ((problem?: Problem) => void)[]
let asked: string[]

function reacted(seq: number, emoji = '👍', person = me): ServerFrame {
  const at = { seq, ...person, sentAt: '2026-11-23T09:00:00Z' }
  const details = { kind: 'reacted', reacted: { targetSeq: 11, emoji } } as const
  return { type: 'entry', roomId: 'lobby', entry: { ...at, ...details } }
}

function unreacted(seq: number): ServerFrame {
  const at = { seq, ...me, sentAt: '2026-11-23T09:00:00Z' }
  const details = { kind: 'unreacted', unreacted: { targetSeq: 11, emoji: '👍' } } as const
  return { type: 'entry', roomId: 'lobby', entry: { ...at, ...details } }
}

/** What one sees under the message. */
function shown(): string[] {
  const [message] = log().entries
  const wishes = page.chat.reactions.wishes.get().get(wishKey('lobby', 11))
  const reactions = message?.kind === 'message' ? (message.reactions ?? []) : []
  return withWishes(reactions, wishes).map(
    ({ emoji, count, mine }) => `${emoji} ${count}${mine ? ' mine' : ''}`,
  )
}

function wishes(): number {
  return page.chat.reactions.wishes.get().size
}

async function answer(problem?: Problem): Promise<void> {
  answers.shift()?.(problem)
  await vi.advanceTimersByTimeAsync(0)
}

function react(on = true, emoji = '👍'): Promise<string> {
  return page.chat.reactions.react('lobby', 11, emoji, on).then(
    () => 'done',
    (problem: Problem) => problem.slug,
  )
}

beforeEach(() => {
  answers = []
  asked = []
  page.reactions = {
    set: (roomId, seq, emoji, on) => {
      asked.push(`${roomId} ${seq} ${emoji} ${on}`)
      return new Promise((done, fail) => {
        answers.push((problem) => (problem === undefined ? done() : fail(problem)))
      })
    },
  }
  page.line.onFrames([subscribed(10, 10), entry(11)])
})

describe('a reaction of mine', () => {
  it('shows at once, and counts once whether its answer or its entry comes first', async () => {
    page.line.onFrames([reacted(12, '👍', other)])
    const done = react()
    expect(shown()).toEqual(['👍 2 mine'])
    page.line.onFrames([reacted(13)])
    expect(shown()).toEqual(['👍 2 mine'])
    await answer()
    expect([await done, shown(), wishes(), asked]).toEqual([
      'done',
      ['👍 2 mine'],
      0,
      ['lobby 11 👍 true'],
    ])
    void react(true, '🎉')
    await answer()
    expect(shown()).toEqual(['👍 2 mine', '🎉 1 mine'])
    page.line.onFrames([reacted(14, '🎉')])
    expect([shown(), wishes()]).toEqual([['👍 2 mine', '🎉 1 mine'], 0])
  })

  it('goes back when the server refuses it, and says why', async () => {
    page.line.onFrames([reacted(12, '👍', other)])
    const done = react()
    await answer(new Problem('too-many-reactions', 409, ''))
    expect([await done, shown(), wishes()]).toEqual(['too-many-reactions', ['👍 1'], 0])
  })

  it('is taken back as fast', async () => {
    page.line.onFrames([reacted(12)])
    const done = react(false)
    expect(shown()).toEqual([])
    await answer()
    page.line.onFrames([unreacted(13)])
    expect([await done, shown(), wishes()]).toEqual(['done', [], 0])
  })

  it('is what was wanted last, with one request at a time', async () => {
    const first = react()
    void react(false)
    const last = react()
    void react(false)
    expect([shown(), asked]).toEqual([[], ['lobby 11 👍 true']])
    await answer()
    expect(asked).toEqual(['lobby 11 👍 true', 'lobby 11 👍 false'])
    page.line.onFrames([reacted(12), unreacted(13)])
    await answer()
    expect([await first, await last, shown(), wishes()]).toEqual(['done', 'done', [], 0])
  })

  it('that another page of mine took back meanwhile does not stay', async () => {
    void react()
    await answer()
    page.line.onFrames([reacted(12), unreacted(13)])
    expect([shown(), wishes()]).toEqual([[], 0])
    void react()
    page.line.onFrames([reacted(14), unreacted(15)])
    await answer()
    expect([shown(), wishes()]).toEqual([[], 0])
  })

  it('that the log never shows ends', async () => {
    void react()
    await answer()
    await vi.advanceTimersByTimeAsync(echoMillisMax - 1)
    expect(shown()).toEqual(['👍 1 mine'])
    await vi.advanceTimersByTimeAsync(1)
    expect([shown(), wishes()]).toEqual([[], 0])
  })

  it('of the same name by somebody else is theirs', async () => {
    void react()
    await answer()
    page.line.onFrames([reacted(12, '👍', other)])
    expect([shown(), wishes()]).toEqual([['👍 2 mine'], 1])
  })
})
