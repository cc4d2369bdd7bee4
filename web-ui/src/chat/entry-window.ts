import type { ShownEntry } from '../wire/frames.ts'
import { indexFrom } from './entry-changes.ts'
import { continuesLine } from './memberships.ts'
import { lastSeq, type RoomLog } from './room-log.ts'

/**
 * The part of a log that is in the page: from `top` to `bottom` (both are shown), or to the newest
 * if `bottom` is `null`. It slides over the log as the reader scrolls, so that a room of any length
 * costs the browser no more than `windowMax` lines. Comings and goings in a row count as one line,
 * as they are shown.
 */
export interface EntryWindow {
  readonly top: number
  readonly bottom: number | null
}

export const windowMax = 240
export const windowStep = 80

function topMin(log: RoomLog): number {
  return log.after + 1
}

export function newestWindow(log: RoomLog): EntryWindow {
  return { top: topOf(log, lastSeq(log), windowMax), bottom: null }
}

/** One step towards the past; the newest rows leave when there are too many. */
export function olderWindow(window: EntryWindow, log: RoomLog): EntryWindow {
  const top = topOf(log, window.top - 1, windowStep)
  const bottom = window.bottom ?? lastSeq(log)
  const most = bottomOf(log, top, windowMax)
  return bottom > most ? { top, bottom: most } : { ...window, top }
}

/** One step towards now; the oldest rows leave when there are too many. */
export function newerWindow(window: EntryWindow, log: RoomLog): EntryWindow {
  if (window.bottom === null) {
    return window
  }
  const bottom = bottomOf(log, window.bottom + 1, windowStep)
  const top = Math.max(window.top, topOf(log, bottom, windowMax))
  return { top, bottom: bottom >= lastSeq(log) ? null : bottom }
}

/** An entry, and what stands before and behind it. */
export function windowAround(log: RoomLog, seq: number): EntryWindow {
  const top = topOf(log, seq, windowMax / 2)
  const bottom = bottomOf(log, top, windowMax)
  return { top, bottom: bottom >= lastSeq(log) ? null : bottom }
}

/**
 * What the window becomes when the log has changed under it. A reader at the end goes along; one who
 * reads further up keeps their rows, and new ones stop being added when there are too many.
 */
export function followLog(window: EntryWindow, log: RoomLog, atEnd: boolean): EntryWindow {
  const last = lastSeq(log)
  if (atEnd || window.top > last + 1 || window.top < topMin(log)) {
    const newest = newestWindow(log)
    const same = newest.top === window.top && window.bottom === null
    return same ? window : newest
  }
  const overfull = window.bottom === null && topOf(log, last, windowMax + windowStep) > window.top
  return overfull ? { ...window, bottom: last } : window
}

export function shownEntries(window: EntryWindow, log: RoomLog): readonly ShownEntry[] {
  const from = indexFrom(log.entries, window.top)
  const to = window.bottom === null ? log.entries.length : indexFrom(log.entries, window.bottom + 1)
  return log.entries.slice(from, to)
}

/** Are there rows above that are loaded, but not shown? */
export function hidesOlder(window: EntryWindow, log: RoomLog): boolean {
  return window.top > topMin(log)
}

/** Where so many lines begin that end at `bottom`; the first entry if there are not so many. */
function topOf(log: RoomLog, bottom: number, lines: number): number {
  let count = 0
  for (let at = indexFrom(log.entries, bottom + 1) - 1; at >= 0; at--) {
    const entry = log.entries[at]
    count += beginsLine(log, at) ? 1 : 0
    if (count === lines && entry !== undefined) {
      return entry.seq
    }
  }
  return topMin(log)
}

/** Where so many lines end that begin at `top`; the newest entry if there are not so many. */
function bottomOf(log: RoomLog, top: number, lines: number): number {
  let count = 1
  for (let at = indexFrom(log.entries, top) + 1; at < log.entries.length; at++) {
    const entry = log.entries[at]
    count += beginsLine(log, at) ? 1 : 0
    if (count > lines && entry !== undefined) {
      return entry.seq - 1
    }
  }
  return lastSeq(log)
}

function beginsLine(log: RoomLog, at: number): boolean {
  const entry = log.entries[at]
  return entry === undefined || !continuesLine(log.entries[at - 1], entry)
}
