import type { Entry, MessageEntry, PersonRef } from '../wire/frames.ts'
import { problemOf } from '../wire/problem.ts'
import { type Drafts, keepEditDraft } from './edit-drafts.ts'
import { indexFrom, withoutContent } from './entry-changes.ts'
import { withQuoted } from './quoted-messages.ts'
import { messageAt } from './room-log.ts'
import type { RoomLogs } from './room-logs.ts'

/** The requests of wire/messages.ts. */
export interface MessageRequests {
  readonly get: (roomId: string, seq: number) => Promise<MessageEntry>
  readonly edit: (
    roomId: string,
    seq: number,
    version: number,
    text: string,
  ) => Promise<MessageEntry>
  readonly delete: (roomId: string, seq: number) => Promise<void>
}

export interface MessageChangesParts {
  readonly me: PersonRef
  readonly logs: RoomLogs
  readonly requests: MessageRequests
  /** Of texts that somebody typed over messages. */
  readonly drafts: Drafts
}

/** `changed-elsewhere`: the message is another one than was edited, and the log shows it. */
export type Saved = 'saved' | 'changed-elsewhere'

/** Edits and deletes messages of one person. Confined to the page's one thread. */
export class MessageChanges {
  readonly #parts: MessageChangesParts
  /** The messages that are being read to be quoted, by room and `seq`. */
  readonly #quoting = new Set<string>()

  constructor(parts: MessageChangesParts) {
    this.#parts = parts
  }

  /** Gives a message another text, if it still has this version. Rejects with a problem. */
  async edit(roomId: string, seq: number, version: number, text: string): Promise<Saved> {
    const { logs, requests } = this.#parts
    try {
      logs.replace(roomId, await requests.edit(roomId, seq, version, text))
      return 'saved'
    } catch (error) {
      const { slug } = problemOf(error)
      if (slug !== 'precondition-failed' && slug !== 'message-deleted') {
        throw error
      }
      const now = await requests.get(roomId, seq)
      this.heard(roomId, [now])
      logs.replace(roomId, now)
      // An answer that got lost: the text was saved, and this is the second attempt.
      return now.text === text ? 'saved' : 'changed-elsewhere'
    }
  }

  /** Deletes a message for everybody. Rejects with a problem. */
  async delete(roomId: string, seq: number): Promise<void> {
    const { me, logs, requests, drafts } = this.#parts
    await requests.delete(roomId, seq)
    keepEditDraft(drafts, roomId, seq, null)
    const entries = logs.get(roomId)?.entries ?? []
    const message = entries[indexFrom(entries, seq)]
    if (message?.kind === 'message' && message.seq === seq) {
      const deleted = { ...me, at: new Date().toISOString() }
      logs.replace(roomId, { ...withoutContent(message), deleted })
    }
  }

  /**
   * Reads a message that one here answers and that is not here. It never rejects: without a line one
   * sees only that there is a message.
   */
  async readQuoted(roomId: string, seq: number): Promise<void> {
    const { logs, requests } = this.#parts
    const place = `${roomId}/${seq}`
    const log = logs.get(roomId)
    if (log === undefined || messageAt(log, seq) !== null || this.#quoting.has(place)) {
      return
    }
    this.#quoting.add(place)
    try {
      const message = await requests.get(roomId, seq)
      logs.change(roomId, (now) => ({ ...now, quoted: withQuoted(now.quoted, [message]) }))
    } catch {
      // Whoever shows the quote again asks again.
    } finally {
      this.#quoting.delete(place)
    }
  }

  /** Of a message that is deleted, nothing that was typed over it stays in this browser. */
  heard(roomId: string, entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'deleted') {
        keepEditDraft(this.#parts.drafts, roomId, entry.deleted.targetSeq, null)
      } else if (entry.kind === 'message' && entry.deleted !== undefined) {
        keepEditDraft(this.#parts.drafts, roomId, entry.seq, null)
      }
    }
  }
}
