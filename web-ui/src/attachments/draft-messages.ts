import type { Drafts } from '../chat/edit-drafts.ts'
import { named, textFile } from '../chat/pasted-files.ts'
import { keepReplyDraft, replyDraft } from '../chat/reply-draft.ts'
import type { Said } from '../chat/unsent-messages.ts'
import { type Upload, UploadQueue, type UploadWire } from '../files/uploads.ts'
import { createStore } from '../ui/store.ts'
import { isPicture, pictureBytesMax, refUrl, type Space } from '../wire/files.ts'
import type { FileRef } from '../wire/frames.ts'
import { Problem } from '../wire/problem.ts'
import { randomId } from '../wire/random-id.ts'
import { type KeptFile, keepDraftFiles, keptDraftFiles } from './kept-draft-files.ts'

/** Files of one message, as the service takes them. */
export const messageFilesMax = 10

/** A file of a message that is not sent yet. */
export interface DraftFile extends KeptFile {
  readonly id: string
  /** `lost` went with an earlier visit of the page before it was stored. */
  readonly state: 'uploading' | 'uploaded' | 'failed' | 'lost'
  /** Bytes that are on the server. */
  readonly sent: number
  /** The problem's slug, if it failed. */
  readonly problem: string | null
  /** Where its picture is; `null` for what is none. */
  readonly picture: string | null
}

/** The files of the message that somebody writes in one room; its text is among the drafts. */
export interface DraftMessage {
  readonly files: readonly DraftFile[]
  /** It is sent as soon as its files are stored. */
  readonly waits: boolean
  /** It was to be sent, but a file is missing. */
  readonly blocked: boolean
  /** Files that were not taken, because a message has so many at most. */
  readonly leftOut: number
  /** How often its text was taken out of the field: it was sent, or became a file. */
  readonly taken: number
}

export const noDraft: DraftMessage = {
  files: [],
  waits: false,
  blocked: false,
  leftOut: 0,
  taken: 0,
}

export interface DraftMessagesParts {
  readonly wire: UploadWire
  readonly drafts: Drafts
  /** `false` if there is no such room to write to. */
  readonly post: (roomId: string, said: Said) => boolean
  /** Is the file in a message already, as when another tab sent the same draft? */
  readonly isSaid: (roomId: string, fileId: string) => boolean
  /** Takes a file back that no message will have. */
  readonly takeBack: (space: Space, file: FileRef) => void
}

/**
 * The messages that one person has begun, one a room. Their files are uploaded at once, and each
 * message is sent when they are stored, whatever room is shown meanwhile. What is stored survives a
 * reload. Confined to the page's one thread.
 */
export class DraftMessages {
  /** By room; only rooms that were opened. */
  readonly store = createStore<ReadonlyMap<string, DraftMessage>>(new Map())
  readonly #parts: DraftMessagesParts
  readonly #queue: UploadQueue

  constructor(parts: DraftMessagesParts) {
    this.#parts = parts
    this.#queue = new UploadQueue(parts.wire)
    this.#queue.store.watch(() => this.#follow(this.#queue.store.get()))
  }

  of(roomId: string): DraftMessage {
    return this.store.get().get(roomId) ?? noDraft
  }

  /** Somebody looks at a room: the files of an earlier visit are back in its message. */
  open(roomId: string): void {
    if (!this.store.get().has(roomId)) {
      const files = keptDraftFiles(this.#parts.drafts, roomId, Date.now()).map((kept) =>
        recalled(roomId, kept),
      )
      this.#set(roomId, { ...noDraft, files })
    }
  }

  /** @returns the ids of those that found a place */
  add(roomId: string, files: readonly File[]): readonly string[] {
    this.open(roomId)
    const before = this.of(roomId)
    const now = new Date()
    const free = messageFilesMax - before.files.length
    const taken = files.slice(0, free).map((file) => named(file, now))
    const ids = this.#queue.add(
      spaceOf(roomId),
      '',
      taken.map((file) => ({ file, folder: '' })),
    )
    const added = taken.map((file, at) => begun(file, ids[at] ?? ''))
    this.#set(roomId, {
      ...before,
      files: [...before.files, ...added],
      leftOut: files.length - taken.length,
      blocked: false,
    })
    // The queue may have begun already.
    this.#follow(this.#queue.store.get())
    return ids
  }

  /** Nobody finds the file in the room any more; a message that waits is another one now, and stays. */
  remove(roomId: string, id: string): void {
    const draft = this.of(roomId)
    const file = draft.files.find((each) => each.id === id)
    if (file === undefined) {
      return
    }
    const files = draft.files.filter((each) => each.id !== id)
    this.#set(roomId, { ...draft, files, waits: false, leftOut: 0, blocked: false })
    forgetPicture(file)
    this.#queue.cancel(id)
    this.#queue.dismiss(id)
    const { stored } = file
    if (stored !== null && !this.#parts.isSaid(roomId, stored.fileId)) {
      this.#parts.takeBack(spaceOf(roomId), stored)
    }
  }

  retry(roomId: string, id: string): void {
    this.#set(roomId, { ...this.of(roomId), blocked: false })
    this.#queue.retry(id)
  }

  /**
   * Sends the message, or lets it wait for its files; `false` if it is not sent yet. What is missing
   * is not left out: then the message stays.
   */
  send(roomId: string): boolean {
    this.open(roomId)
    const { drafts, post } = this.#parts
    const draft = this.of(roomId)
    const files = draft.files.flatMap(({ stored }) => (stored === null ? [] : [stored]))
    if (files.length < draft.files.length) {
      const waits = draft.files.every(({ state }) => state === 'uploading' || state === 'uploaded')
      this.#set(roomId, { ...draft, waits, blocked: !waits })
      return false
    }
    const text = drafts.draft(roomId)
    const said = {
      text: text.trim() === '' ? '' : text,
      replyTo: replyDraft(drafts, roomId),
      files,
    }
    if (!post(roomId, said)) {
      this.#set(roomId, { ...draft, waits: false })
      return false
    }
    drafts.setDraft(roomId, '')
    keepReplyDraft(drafts, roomId, null)
    draft.files.forEach(forgetPicture)
    this.#set(roomId, { ...noDraft, taken: draft.taken + 1 })
    return true
  }

  /** The message stays, and may be changed. */
  stopWaiting(roomId: string): void {
    this.#set(roomId, { ...this.of(roomId), waits: false })
  }

  /**
   * Turns the text into a file of the message and sends that. The text stays until the file is
   * stored, and if somebody goes on writing it. Rejects with a problem.
   */
  async sendAsFile(roomId: string, text: string): Promise<void> {
    const [id] = this.add(roomId, [textFile(text, new Date())])
    if (id === undefined) {
      return
    }
    await this.#queue.ended(id)
    const file = this.of(roomId).files.find((each) => each.id === id)
    if (file?.state === 'failed') {
      this.remove(roomId, id)
      throw new Problem(file.problem ?? 'unreachable', 0, '')
    }
    const { drafts } = this.#parts
    if (file !== undefined && drafts.draft(roomId) === text) {
      drafts.setDraft(roomId, '')
      const draft = this.of(roomId)
      this.#set(roomId, { ...draft, taken: draft.taken + 1 })
      this.send(roomId)
    }
  }

  /** Is a file on its way, or waiting for that? */
  isBusy(): boolean {
    return this.#queue.isBusy()
  }

  #follow(uploads: readonly Upload[]): void {
    const byId = new Map(uploads.map((upload) => [upload.id, upload]))
    for (const [roomId, draft] of this.store.get()) {
      const files = draft.files.map((file) => followed(file, byId.get(file.id)))
      if (files.some((file, at) => file !== draft.files[at])) {
        this.#set(roomId, { ...draft, files })
        if (draft.waits) {
          this.send(roomId)
        }
      }
    }
  }

  #set(roomId: string, draft: DraftMessage): void {
    this.store.set(new Map(this.store.get()).set(roomId, draft))
    keepDraftFiles(this.#parts.drafts, roomId, draft.files)
  }
}

function spaceOf(roomId: string): Space {
  return `rooms/${roomId}`
}

function begun(file: File, id: string): DraftFile {
  const shown = isPicture(file.type) && file.size <= pictureBytesMax
  return {
    id,
    name: file.name,
    size: file.size,
    stored: null,
    storedAt: null,
    state: 'uploading',
    sent: 0,
    problem: null,
    picture: shown ? URL.createObjectURL(file) : null,
  }
}

function recalled(roomId: string, kept: KeptFile): DraftFile {
  const { stored } = kept
  const shown = stored !== null && isPicture(stored.mediaType) && stored.size <= pictureBytesMax
  return {
    ...kept,
    id: randomId(),
    state: stored === null ? 'lost' : 'uploaded',
    sent: stored === null ? 0 : kept.size,
    problem: null,
    picture: shown ? refUrl(spaceOf(roomId), stored) : null,
  }
}

/** The file as far as its upload is; one that is stored stays as it is. */
function followed(file: DraftFile, upload: Upload | undefined): DraftFile {
  if (upload === undefined || file.state === 'uploaded') {
    return file
  }
  const { name, sent, problem, stored } = upload
  const state =
    upload.state === 'done'
      ? 'uploaded'
      : upload.state === 'failed' || upload.state === 'cancelled'
        ? 'failed'
        : 'uploading'
  const same = name === file.name && sent === file.sent && state === file.state
  const storedAt = stored === null ? null : Date.now()
  return same ? file : { ...file, name, sent, state, problem, stored, storedAt }
}

/** The browser may free the bytes of a picture that nobody sees any more. */
function forgetPicture({ picture }: DraftFile): void {
  if (picture?.startsWith('blob:')) {
    URL.revokeObjectURL(picture)
  }
}
