import type { Entry } from '../wire/frames.ts'
import { lastSeq, type RoomLog } from './room-log.ts'

/**
 * The part of a log that is in the page: from `top` to `bottom` (both are shown), or to the newest
 * if `bottom` is `null`. It slides over the log as the reader scrolls, so that a room of any length
 * costs the browser no more than `windowMax` rows.
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
  return { top: Math.max(topMin(log), lastSeq(log) - windowMax + 1), bottom: null }
}

/** One step towards the past; the newest rows leave when there are too many. */
export function olderWindow(window: EntryWindow, log: RoomLog): EntryWindow {
  const top = Math.max(topMin(log), window.top - windowStep)
  const bottom = window.bottom ?? lastSeq(log)
  const most = top + windowMax - 1
  return bottom > most ? { top, bottom: most } : { ...window, top }
}

/** One step towards now; the oldest rows leave when there are too many. */
export function newerWindow(window: EntryWindow, log: RoomLog): EntryWindow {
  if (window.bottom === null) {
    return window
  }
  const bottom = window.bottom + windowStep
  const last = lastSeq(log)
  const top = Math.max(window.top, Math.min(bottom, last) - windowMax + 1)
  return { top, bottom: bottom >= last ? null : bottom }
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
  const overfull = window.bottom === null && last - window.top + 1 > windowMax + windowStep
  return overfull ? { ...window, bottom: last } : window
}

export function shownEntries(window: EntryWindow, log: RoomLog): readonly Entry[] {
  const from = Math.max(0, window.top - topMin(log))
  const to = window.bottom === null ? log.entries.length : window.bottom - log.after
  return log.entries.slice(from, to)
}

/** Are there rows above that are loaded, but not shown? */
export function hidesOlder(window: EntryWindow, log: RoomLog): boolean {
  return window.top > topMin(log)
}
