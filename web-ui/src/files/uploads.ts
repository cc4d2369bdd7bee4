import { createStore } from '../ui/store.ts'
import { joinPath, type Space, type UploadParts } from '../wire/files.ts'
import type { FileRef } from '../wire/frames.ts'
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
  /** The file as it is stored, once it is; `null` for a folder. */
  readonly stored: FileRef | null
}

/** What to upload, and where it stands below the folder it was dropped into. */
export interface Dropped {
  /** `null` for an empty folder. */
  readonly file: File | null
  readonly folder: string
}

/** How far the uploads of a space are that were added since the last time when none was left. */
export interface UploadCount {
  readonly total: number
  /** That are no longer under way, however they ended. */
  readonly ended: number
}

/** The network as the queue uses it; wire/files.ts is one. */
export interface UploadWire {
  readonly isTaken: (space: Space, path: string) => Promise<boolean>
  readonly uploadFile: (parts: Omit<UploadParts, 'announced'>) => Promise<FileRef>
  readonly createFolder: (space: Space, path: string) => Promise<void>
}

export const uploadsAtOnce = 2
export const attemptsMax = 100
/** From this size on it is asked first whether the name is taken: less is sent at once. */
export const askedBytesMin = 1024 * 1024
/** How long a finished upload stays on the list. */
export const doneMillis = 4_000

interface Job {
  /** `null` for an empty folder. */
  readonly file: File | null
  readonly name: string
  readonly abort: AbortController
}

/**
 * The uploads of this page, a few at a time. A name that is taken becomes the next free one.
 * Confined to the page's one thread.
 */
export class UploadQueue {
  readonly store = createStore<readonly Upload[]>([])
  readonly counts = createStore<ReadonlyMap<Space, UploadCount>>(new Map())
  readonly #wire: UploadWire
  readonly #jobs = new Map<string, Job>()

  constructor(wire: UploadWire) {
    this.#wire = wire
  }

  /** @returns the ids of the uploads */
  add(space: Space, folder: string, dropped: readonly Dropped[]): readonly string[] {
    const added = dropped.map(({ file, folder: below }): Upload => {
      const id = randomId()
      const inner = below
        .split('/')
        .filter((each) => each !== '')
        .map(cleanName)
      const name = file === null ? (inner.pop() ?? '') : cleanName(file.name)
      this.#jobs.set(id, { file, name, abort: new AbortController() })
      return {
        id,
        space,
        folder: [folder, ...inner].filter((each) => each !== '').join('/'),
        name,
        size: file?.size ?? 0,
        sent: 0,
        state: 'waiting',
        problem: null,
        stored: null,
      }
    })
    const before = this.isBusyIn(space) ? this.counts.get().get(space) : undefined
    this.#setCount(space, {
      total: (before?.total ?? 0) + added.length,
      ended: before?.ended ?? 0,
    })
    this.store.set([...this.store.get(), ...added])
    this.#startNext()
    return added.map(({ id }) => id)
  }

  /** Resolves with how an upload ended; one that is off the list was cancelled. */
  ended(id: string): Promise<'done' | 'failed' | 'cancelled'> {
    return new Promise((resolve) => {
      const look = () => {
        const state = this.#find(id)?.state ?? 'cancelled'
        if (state !== 'waiting' && state !== 'sending') {
          unwatch()
          resolve(state)
        }
      }
      const unwatch = this.store.watch(look)
      look()
    })
  }

  isBusyIn(space: Space): boolean {
    return this.store.get().some((upload) => upload.space === space && isUnderWay(upload))
  }

  /** Is a file on its way, or waiting for that? */
  isBusy(): boolean {
    return this.store.get().some(isUnderWay)
  }

  cancel(id: string): void {
    const upload = this.#find(id)
    this.#jobs.get(id)?.abort.abort()
    if (upload?.state === 'waiting') {
      this.#end(id, { state: 'cancelled' })
    }
  }

  /** Cancels what is under way, and takes what was cancelled off the list. */
  cancelAll(space: Space): void {
    const ours = this.store.get().filter((upload) => upload.space === space && isUnderWay(upload))
    for (const upload of ours) {
      if (upload.state === 'waiting') {
        this.#end(upload.id, { state: 'cancelled' })
        this.dismiss(upload.id)
      }
    }
    for (const upload of ours) {
      this.cancel(upload.id)
    }
  }

  retry(id: string): void {
    const job = this.#jobs.get(id)
    const upload = this.#find(id)
    if (job !== undefined && upload !== undefined) {
      this.#jobs.set(id, { ...job, abort: new AbortController() })
      const count = this.#count(upload.space)
      this.#setCount(upload.space, { ...count, ended: Math.max(0, count.ended - 1) })
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
      const stored =
        job.file === null
          ? await this.#createFolder(upload)
          : await this.#sendUnderFreeName(upload, job, job.file)
      this.#end(upload.id, { state: 'done', sent: upload.size, stored })
      setTimeout(() => this.dismiss(upload.id), doneMillis)
    } catch (error) {
      const { slug } = problemOf(error)
      const cancelled = slug === 'cancelled'
      this.#end(upload.id, {
        state: cancelled ? 'cancelled' : 'failed',
        problem: cancelled ? null : slug,
      })
    }
    this.#startNext()
  }

  async #createFolder(upload: Upload): Promise<null> {
    await this.#wire.createFolder(upload.space, joinPath(upload.folder, upload.name))
    return null
  }

  async #sendUnderFreeName(upload: Upload, job: Job, file: File): Promise<FileRef> {
    for (let attempt = 1; ; attempt++) {
      const name = numberedName(job.name, attempt)
      const path = joinPath(upload.folder, name)
      this.#change(upload.id, { name })
      const asked = upload.size >= askedBytesMin && attempt < attemptsMax
      if (asked && (await this.#wire.isTaken(upload.space, path))) {
        continue
      }
      job.abort.signal.throwIfAborted()
      const stored = await this.#sent(upload, path, { ...job, file }, attempt)
      if (stored !== null) {
        return stored
      }
    }
  }

  /** `null` if somebody else took the name in this very moment. */
  async #sent(
    upload: Upload,
    path: string,
    job: Job & { readonly file: File },
    attempt: number,
  ): Promise<FileRef | null> {
    try {
      return await this.#wire.uploadFile({
        space: upload.space,
        path,
        file: job.file,
        onProgress: (sent) => this.#change(upload.id, { sent }),
        signal: job.abort.signal,
      })
    } catch (error) {
      const { slug } = problemOf(error)
      const taken = slug === 'precondition-failed' || slug === 'path-taken'
      if (taken && attempt < attemptsMax) {
        return null
      }
      throw error
    }
  }

  #end(id: string, change: Partial<Upload>): void {
    this.#change(id, change)
    const space = this.#find(id)?.space
    if (space !== undefined) {
      const count = this.#count(space)
      this.#setCount(space, { ...count, ended: count.ended + 1 })
    }
  }

  #count(space: Space): UploadCount {
    return this.counts.get().get(space) ?? { total: 0, ended: 0 }
  }

  #setCount(space: Space, count: UploadCount): void {
    this.counts.set(new Map(this.counts.get()).set(space, count))
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

function isUnderWay({ state }: Upload): boolean {
  return state === 'waiting' || state === 'sending'
}
