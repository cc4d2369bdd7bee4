import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Unread } from '../wire/reading.ts'
import {
  questionAgainMillis,
  questionMillis,
  UnreadQuestions,
  unreadQuestionsMax,
} from './unread-questions.ts'

const nothing: Unread = {
  lastSeq: 1,
  lastReadSeq: 1,
  unread: 0,
  firstUnreadSeq: null,
  mentions: [],
}

let asked: string[]
let answers: { readonly give: () => void; readonly fail: () => void }[]
let taken: string[]
let unwanted: Set<string>
let questions: UnreadQuestions

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  answers = []
  taken = []
  unwanted = new Set()
  questions = new UnreadQuestions({
    ask: (roomId) =>
      new Promise((resolve, reject) => {
        asked.push(roomId)
        answers.push({ give: () => resolve(nothing), fail: () => reject(new Error('no')) })
      }),
    wants: (roomId) => !unwanted.has(roomId),
    after: (millis, run) => void setTimeout(run, millis),
    begin: (roomId) => () => taken.push(roomId),
  })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('questions about what is unread', () => {
  it('wait for more of the same, and are asked once', async () => {
    questions.ask('a')
    questions.ask('a')
    expect(asked).toEqual([])
    await vi.advanceTimersByTimeAsync(questionMillis)
    expect(asked).toEqual(['a'])
    answers[0]?.give()
    await vi.advanceTimersByTimeAsync(0)
    expect(taken).toEqual(['a'])
  })

  it('are few at once', async () => {
    const rooms = ['a', 'b', 'c', 'd']
    for (const roomId of rooms) {
      questions.ask(roomId)
    }
    await vi.advanceTimersByTimeAsync(questionMillis)
    expect(asked).toHaveLength(unreadQuestionsMax)
    answers[0]?.give()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(unreadQuestionsMax + 1)
  })

  it('are asked again when the answer is outdated, after it is here', async () => {
    questions.ask('a')
    await vi.advanceTimersByTimeAsync(questionMillis)
    questions.ask('a')
    await vi.advanceTimersByTimeAsync(questionMillis)
    expect(asked).toEqual(['a'])
    answers[0]?.give()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toEqual(['a', 'a'])
  })

  it('are asked again later when they failed, unless nobody wants to know any more', async () => {
    questions.ask('a')
    questions.ask('b')
    await vi.advanceTimersByTimeAsync(questionMillis)
    answers[0]?.fail()
    answers[1]?.fail()
    unwanted.add('b')
    await vi.advanceTimersByTimeAsync(questionAgainMillis)
    expect(asked).toEqual(['a', 'b', 'a'])
  })
})
