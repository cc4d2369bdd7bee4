import { createStore } from '../ui/store.ts'
import { joinPath, type Space, type UploadParts } from '../wire/files.ts'
import { problemOf } from '../wire/problem.ts'
import { randomId } from '../wire/random-id.ts'
import { cleanName, numberedName } from './free-name.ts'

export interface Upload {
  readonly id: string
  readonly space: Space
  /** Below the space; empty for its top. */
  readonly folder: string
  /** As it will be, or is, called there. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly sent: number
  readonly state: 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'
  /** The problem's slug, if it failed. */
  readonly problem: string | null
}

/** What to upload, and where it stands below the folder it was dropped into. */
export interface Dropped {
  readonly file: File
  readonly folder: string
}

/** The network as the queue uses it; wire/files.ts is one. */
export interface UploadWire {
  readonly isTaken: (space: Space, path: string) => Promise<boolean>
  readonly uploadFile: (parts: UploadParts) => Promise<void>
}

export const uploadsAtOnce = 2
export const attemptsMax = 100
/** From this size on it is asked first whether the name is taken: less is sent at once. */
export const askedBytesMin = 1024 * 1024
/** How long a finished upload stays on the list. */
export const doneMillis = 4_000

interface Job {
  readonly file: File
  readonly name: string
  readonly abort: AbortController
}

/**
 * The uploads of this page, a few at a time. A name that is taken becomes the next free one.
 * Confined to the page's one thread.
 */
export class UploadQueue {
  readonly store = createStore<readonly Upload[]>([])
  readonly #wire: UploadWire
  readonly #jobs = new Map<string, Job>()

  constructor(wire: UploadWire) {
    this.#wire = wire
  }

  add(space: Space, folder: string, dropped: readonly Dropped[]): void {
    const added = dropped.map(({ file, folder: below }): Upload => {
      const id = randomId()
      const name = cleanName(file.name)
      this.#jobs.set(id, { file, name, abort: new AbortController() })
      const inner = below
        .split('/')
        .filter((each) => each !== '')
        .map(cleanName)
        .join('/')
      return {
        id,
        space,
        folder: [folder, inner].filter((each) => each !== '').join('/'),
        name,
        size: file.size,
        sent: 0,
        state: 'waiting',
        problem: null,
      }
    })
    this.store.set([...this.store.get(), ...added])
    this.#startNext()
  }

  /** Is a file on its way, or waiting for that? */
  isBusy(): boolean {
    return this.store.get().some(({ state }) => state === 'waiting' || state === 'sending')
  }

  cancel(id: string): void {
    const upload = this.#find(id)
    this.#jobs.get(id)?.abort.abort()
    if (upload?.state === 'waiting') {
      this.#change(id, { state: 'cancelled' })
    }
  }

  retry(id: string): void {
    const job = this.#jobs.get(id)
    if (job !== undefined) {
      this.#jobs.set(id, { ...job, abort: new AbortController() })
      this.#change(id, { state: 'waiting', sent: 0, problem: null })
      this.#startNext()
    }
  }

  dismiss(id: string): void {
    this.#jobs.delete(id)
    this.store.set(this.store.get().filter((upload) => upload.id !== id))
  }

  #startNext(): void {
    const uploads = this.store.get()
    const sending = uploads.filter((upload) => upload.state === 'sending').length
    const next = uploads.filter((upload) => upload.state === 'waiting')
    for (const upload of next.slice(0, Math.max(0, uploadsAtOnce - sending))) {
      const job = this.#jobs.get(upload.id)
      if (job !== undefined) {
        this.#change(upload.id, { state: 'sending' })
        void this.#run(upload, job)
      }
    }
  }

  async #run(upload: Upload, job: Job): Promise<void> {
    try {
      await this.#sendUnderFreeName(upload, job)
      this.#change(upload.id, { state: 'done', sent: upload.size })
      setTimeout(() => this.dismiss(upload.id), doneMillis)
    } catch (error) {
      const { slug } = problemOf(error)
      const cancelled = slug === 'cancelled'
      this.#change(upload.id, {
        state: cancelled ? 'cancelled' : 'failed',
        problem: cancelled ? null : slug,
      })
    }
    this.#startNext()
  }

  async #sendUnderFreeName(upload: Upload, job: Job): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const name = numberedName(job.name, attempt)
      const path = joinPath(upload.folder, name)
      this.#change(upload.id, { name })
      const asked = upload.size >= askedBytesMin && attempt < attemptsMax
      if (asked && (await this.#wire.isTaken(upload.space, path))) {
        continue
      }
      job.abort.signal.throwIfAborted()
      if (await this.#sent(upload, path, job, attempt)) {
        return
      }
    }
  }

  /** `false` if somebody else took the name in this very moment. */
  async #sent(upload: Upload, path: string, job: Job, attempt: number): Promise<boolean> {
    try {
      await this.#wire.uploadFile({
        space: upload.space,
        path,
        file: job.file,
        onProgress: (sent) => this.#change(upload.id, { sent }),
        signal: job.abort.signal,
      })
      return true
    } catch (error) {
      const { slug } = problemOf(error)
      const taken = slug === 'precondition-failed' || slug === 'path-taken'
      if (taken && attempt < attemptsMax) {
        return false
      }
      throw error
    }
  }

  #find(id: string): Upload | undefined {
    return this.store.get().find((upload) => upload.id === id)
  }

  #change(id: string, change: Partial<Upload>): void {
    this.store.set(
      this.store.get().map((upload) => (upload.id === id ? { ...upload, ...change } : upload)),
    )
  }
}
