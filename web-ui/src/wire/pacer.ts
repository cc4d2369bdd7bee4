/**
 * Keeps our frames below the server's rate (100 at once, then 20 each second), with a margin: what
 * is too much now waits its turn, in order.
 *
 * Confined to one connection; `clear` when that ends.
 */
export class Pacer {
  static readonly burst = 80
  static readonly perSecond = 15

  #tokens = Pacer.burst
  #refilledAt: number
  #waiting: string[] = []
  #timer: ReturnType<typeof setTimeout> | null = null
  readonly #write: (frame: string) => void
  readonly #now: () => number

  constructor(write: (frame: string) => void, now: () => number) {
    this.#write = write
    this.#now = now
    this.#refilledAt = now()
  }

  send(frame: string): void {
    this.#waiting.push(frame)
    this.#drain()
  }

  clear(): void {
    this.#waiting = []
    if (this.#timer !== null) {
      clearTimeout(this.#timer)
      this.#timer = null
    }
  }

  #drain(): void {
    this.#refill()
    while (this.#tokens >= 1 && this.#waiting.length > 0) {
      this.#tokens -= 1
      this.#write(this.#waiting.shift() ?? '')
    }
    if (this.#waiting.length > 0 && this.#timer === null) {
      this.#timer = setTimeout(() => {
        this.#timer = null
        this.#drain()
      }, 1_000 / Pacer.perSecond)
    }
  }

  #refill(): void {
    const now = this.#now()
    const earned = ((now - this.#refilledAt) / 1_000) * Pacer.perSecond
    this.#tokens = Math.min(Pacer.burst, this.#tokens + Math.max(0, earned))
    this.#refilledAt = now
  }
}
