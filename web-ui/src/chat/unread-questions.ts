import type { Unread } from '../wire/reading.ts'

/** Questions that wait for an answer at once. */
export const unreadQuestionsMax = 2
/** Before the first of several questions: what happened may go on happening. */
export const questionMillis = 500
/** Before a question that failed is asked again. */
export const questionAgainMillis = 5_000

export interface QuestionParts {
  readonly ask: (roomId: string) => Promise<Unread>
  /** Is the answer still wanted, and can it be had? */
  readonly wants: (roomId: string) => boolean
  readonly after: (millis: number, run: () => void) => void
  /** Called before the server is asked; returns what takes the answer. */
  readonly begin: (roomId: string) => (answer: Unread) => void
}

/** Asks the server what is unread where the page cannot count it. Confined to the page's one thread. */
export class UnreadQuestions {
  readonly #parts: QuestionParts
  readonly #waiting = new Set<string>()
  readonly #underWay = new Set<string>()
  #timer = false

  constructor(parts: QuestionParts) {
    this.#parts = parts
  }

  ask(roomId: string): void {
    if (!this.#waiting.has(roomId)) {
      this.#waiting.add(roomId)
      this.#later(questionMillis)
    }
  }

  #later(millis: number): void {
    if (!this.#timer) {
      this.#timer = true
      this.#parts.after(millis, () => {
        this.#timer = false
        this.#next()
      })
    }
  }

  #next(): void {
    for (const roomId of this.#waiting) {
      if (this.#underWay.size >= unreadQuestionsMax) {
        return
      }
      if (!this.#underWay.has(roomId)) {
        this.#waiting.delete(roomId)
        if (this.#parts.wants(roomId)) {
          void this.#request(roomId)
        }
      }
    }
  }

  async #request(roomId: string): Promise<void> {
    this.#underWay.add(roomId)
    const take = this.#parts.begin(roomId)
    let next = () => this.#next()
    try {
      take(await this.#parts.ask(roomId))
    } catch {
      // The next list of rooms answers it, too; until then one more question may.
      this.#waiting.add(roomId)
      next = () => this.#later(questionAgainMillis)
    } finally {
      this.#underWay.delete(roomId)
    }
    next()
  }
}
