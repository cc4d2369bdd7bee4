import { indexFrom } from './entry-changes.ts'
import type { Reading } from './reading.ts'
import { isNews, lastSeq, type RoomLog } from './room-log.ts'

/** Places from `from` to `to` of which every row was in view. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Stretches of one visit that are remembered, apart from each other; in order. */
export const seenStretchesMax = 50

/** The stretches with one more. Of too many, the one that lies furthest back is forgotten. */
export function withSeen(seen: readonly Stretch[], { from, to }: Stretch): readonly Stretch[] {
  if (seen.some((each) => each.from <= from && each.to >= to)) {
    return seen
  }
  const touching = seen.filter((each) => each.from <= to + 1 && each.to >= from - 1)
  const joined = {
    from: Math.min(from, ...touching.map((each) => each.from)),
    to: Math.max(to, ...touching.map((each) => each.to)),
  }
  const apart = seen.filter((each) => !touching.includes(each))
  return [...apart, joined].sort((one, other) => one.from - other.from).slice(-seenStretchesMax)
}

/** The stretches without what lies behind a place. */
export function withoutSeenBehind(seen: readonly Stretch[], place: number): readonly Stretch[] {
  return seen.flatMap(({ from, to }) => (from > place ? [] : [{ from, to: Math.min(to, place) }]))
}

/** What of a stretch does not lie in another one. */
export function outside({ from, to }: Stretch, other: Stretch | null): readonly Stretch[] {
  if (other === null) {
    return [{ from, to }]
  }
  const before = { from, to: Math.min(to, other.from - 1) }
  const behind = { from: Math.max(from, other.to + 1), to }
  return [before, behind].filter((each) => each.from <= each.to)
}

/** What two stretches share; `null` for nothing. */
export function shared(one: Stretch | null, other: Stretch | null): Stretch | null {
  if (one === null || other === null) {
    return null
  }
  const both = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
  return both.from <= both.to ? both : null
}

/**
 * The place up to which everything is read now that this was seen: before the first message of others
 * that was not. `null` if the place stays: nothing unread was seen, or there is a hole before it.
 */
export function placeBySeeing(
  log: RoomLog,
  reading: Reading,
  seen: readonly Stretch[],
  me: string,
): number | null {
  if (log.after > reading.clear) {
    return null
  }
  let read = 0
  for (let at = indexFrom(log.entries, reading.clear + 1); at < log.entries.length; at++) {
    const entry = log.entries[at]
    if (entry === undefined || !isNews(entry, me)) {
      continue
    }
    if (!seen.some(({ from, to }) => from <= entry.seq && entry.seq <= to)) {
      return read === 0 ? null : entry.seq - 1
    }
    read += 1
  }
  return read === 0 ? null : lastSeq(log)
}
