import type { ChangeEntry, Entry, MarkEntry, MessageEntry, ShownEntry } from '../wire/frames.ts'
import { isMark, markedSeq } from './message-marks.ts'

/** A generator of numbers that are the same for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed + 1
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A log as the server has it, which grows at random: for tests. */
export class LogModel {
  readonly entries: Entry[] = []
  readonly #random: (below: number) => number
  readonly #people: readonly string[]

  /** @param people who react, pin and answer */
  constructor(random: (below: number) => number, people: readonly string[] = []) {
    this.#random = random
    this.#people = people
  }

  get last(): number {
    return this.entries.length
  }

  /** Something happens in the room. */
  grow(): void {
    const seq = this.last + 1
    const at = { seq, personId: 'ada', name: 'ada', sentAt: timeOf(seq) }
    const standing = this.asNow(1, this.last).filter(
      (entry) => entry.kind === 'message' && entry.deleted === undefined,
    )
    const targetSeq = standing[this.#random(standing.length)]?.seq
    if (targetSeq !== undefined && this.#people.length > 0 && this.#random(2) === 0) {
      this.entries.push(this.#mark(targetSeq))
      return
    }
    const chance = this.#random(10)
    if (targetSeq === undefined || chance < 5) {
      const answers = targetSeq !== undefined && this.#people.length > 0 && this.#random(2) === 0
      this.entries.push({
        ...at,
        kind: 'message',
        clientMessageId: `c${seq}`,
        text: `text ${seq}`,
        ...(answers ? { replyTo: targetSeq } : {}),
      })
    } else if (chance < 8) {
      this.entries.push({ ...at, kind: 'edited', edited: { targetSeq, text: `text ${seq}` } })
    } else if (chance < 9) {
      this.entries.push({ ...at, kind: 'joined' })
    } else {
      this.entries.push({ ...at, name: 'grace', kind: 'deleted', deleted: { targetSeq } })
    }
  }

  /** What the places hold now: contracts/chat/frames.md, "As they are now". */
  asNow(from: number, to: number): ShownEntry[] {
    return this.entries.slice(from - 1, to).flatMap((entry): ShownEntry[] => {
      if (entry.kind === 'edited' || entry.kind === 'deleted') {
        return []
      }
      if (isMark(entry)) {
        return entry.kind === 'pinned' ? [entry] : []
      }
      return entry.kind === 'message' ? [this.#messageNow(entry)] : [entry]
    })
  }

  /** What entries of these places answer and that is not there, as it is now. */
  quoted(from: number, to: number): MessageEntry[] {
    const answered = new Set(this.entries.slice(from - 1, to).map(replyToOf))
    return this.asNow(1, this.last).flatMap((entry) =>
      entry.kind === 'message' && answered.has(entry.seq) && (entry.seq < from || entry.seq > to)
        ? [entry]
        : [],
    )
  }

  /** The log as it is read later: what was deleted has no text, nor have its edits. */
  raw(): Entry[] {
    return this.entries.map((entry) => {
      if (entry.kind === 'message' && this.#deletionOf(entry.seq) !== undefined) {
        return { ...entry, text: '' }
      }
      return entry.kind === 'edited' && this.#deletionOf(entry.edited.targetSeq) !== undefined
        ? { ...entry, edited: { ...entry.edited, text: '' } }
        : entry
    })
  }

  changes(): ChangeEntry[] {
    return this.raw().filter((entry) => entry.kind === 'edited' || entry.kind === 'deleted')
  }

  /** Somebody puts a mark to a message, or takes theirs back. */
  #mark(targetSeq: number): MarkEntry {
    const seq = this.last + 1
    const personId = this.#people[this.#random(this.#people.length)] ?? ''
    const at = { seq, personId, name: personId, sentAt: timeOf(seq) }
    const { reactedBy, pin } = this.#marksOf(targetSeq)
    if (this.#random(4) === 0) {
      return pin === undefined
        ? { ...at, kind: 'pinned', pinned: { targetSeq } }
        : { ...at, kind: 'unpinned', unpinned: { targetSeq } }
    }
    const emoji = ['👍', '🎉', '❤️'][this.#random(3)] ?? ''
    return reactedBy.get(emoji)?.has(personId)
      ? { ...at, kind: 'unreacted', unreacted: { targetSeq, emoji } }
      : { ...at, kind: 'reacted', reacted: { targetSeq, emoji } }
  }

  #marksOf(targetSeq: number) {
    const reactedBy = new Map<string, Set<string>>()
    let pin: MarkEntry | undefined
    for (const mark of this.entries.filter(isMark)) {
      if (markedSeq(mark) !== targetSeq) {
        continue
      }
      if (mark.kind === 'reacted') {
        const { emoji } = mark.reacted
        reactedBy.set(emoji, (reactedBy.get(emoji) ?? new Set()).add(mark.personId))
      } else if (mark.kind === 'unreacted') {
        const left = reactedBy.get(mark.unreacted.emoji)
        left?.delete(mark.personId)
        if (left?.size === 0) {
          reactedBy.delete(mark.unreacted.emoji)
        }
      } else {
        pin = mark.kind === 'pinned' ? mark : undefined
      }
    }
    return { reactedBy, pin }
  }

  #marksNow(seq: number): Pick<MessageEntry, 'reactions' | 'pinned' | 'asOf'> {
    const { reactedBy, pin } = this.#marksOf(seq)
    const reactions = [...reactedBy].map(([emoji, people]) => ({
      emoji,
      count: people.size,
      mine: people.has('me'),
    }))
    return {
      asOf: this.last,
      ...(reactions.length === 0 ? {} : { reactions }),
      ...(pin === undefined
        ? {}
        : { pinned: { personId: pin.personId, name: pin.name, at: pin.sentAt } }),
    }
  }

  #repliesNow(seq: number): Pick<MessageEntry, 'replies' | 'asOf'> {
    const standing = this.entries.filter(
      (entry) => replyToOf(entry) === seq && this.#deletionOf(entry.seq) === undefined,
    )
    return {
      asOf: this.last,
      ...(standing.length === 0 ? {} : { replies: standing.length }),
    }
  }

  #messageNow(message: Extract<Entry, { kind: 'message' }>): ShownEntry {
    const edit = this.entries.findLast(
      (entry) => entry.kind === 'edited' && entry.edited.targetSeq === message.seq,
    )
    const deletion = this.#deletionOf(message.seq)
    const text = edit?.kind === 'edited' ? edit.edited.text : message.text
    return {
      ...message,
      text: deletion === undefined ? text : '',
      version: edit?.seq ?? message.seq,
      ...(edit === undefined ? {} : { editedAt: edit.sentAt }),
      ...this.#repliesNow(message.seq),
      ...(deletion === undefined
        ? this.#marksNow(message.seq)
        : { deleted: { personId: deletion.personId, name: deletion.name, at: deletion.sentAt } }),
    }
  }

  #deletionOf(seq: number): Entry | undefined {
    return this.entries.find((entry) => entry.kind === 'deleted' && entry.deleted.targetSeq === seq)
  }
}

function replyToOf(entry: Entry): number | undefined {
  return entry.kind === 'message' ? entry.replyTo : undefined
}

function timeOf(seq: number): string {
  return new Date(Date.UTC(2026, 10, 23) + seq * 1_000).toISOString()
}

/** What a reader sees: of a deleted message no more than that it is. */
export function seen(entries: readonly ShownEntry[]): unknown[] {
  return entries.map((entry) => {
    if (entry.kind !== 'message') {
      return { seq: entry.seq, kind: entry.kind }
    }
    const { seq, text, version = seq, editedAt, deleted, reactions, pinned } = entry
    const { replyTo, replies } = entry
    return deleted === undefined
      ? { seq, text, version, editedAt, reactions, pinned, replyTo, replies }
      : { seq, text, deleted, reactions, pinned, replyTo, replies }
  })
}
