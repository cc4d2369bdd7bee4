import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import {
  type EntryWindow,
  followLog,
  hidesOlder,
  newerWindow,
  newestWindow,
  olderWindow,
  windowAround,
} from './entry-window.ts'
import type { RoomLog } from './room-log.ts'
import type { Anchor, ScrollPlace } from './scroll-places.ts'

/** So near to an edge of the list, in pixels, more rows are brought in. */
const edgePixels = 700
/** So near to the end counts as being there. */
const endPixels = 48

export interface Slide {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLOListElement | null>
  readonly window: EntryWindow
  readonly atEnd: boolean
  readonly onScroll: () => void
  readonly toEnd: () => void
  /** Shows the row of this `seq`, which is in the log. */
  readonly jumpTo: (seq: number) => void
}

/**
 * Keeps the reader's place while rows come and go: at the end it stays at the end, anywhere else the
 * first visible row stays where it is on the screen.
 *
 * @param began where to begin, `null` for the end
 * @param onLeave told where the reader was when the list goes away
 */
export function useSlide(
  log: RoomLog,
  loadOlder: () => void,
  began: ScrollPlace | null,
  onLeave: (place: ScrollPlace | null) => void,
): Slide {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLOListElement>(null)
  const anchor = useRef<Anchor | null>(began?.anchor ?? null)
  const [atEnd, setAtEnd] = useState(began === null)
  const [kept, setWindow] = useState(() => began?.window ?? newestWindow(log))
  const window = followLog(kept, log, atEnd)
  // What was derived from the log becomes the place to go on from.
  if (window !== kept) {
    setWindow(window)
  }

  const leave = useRef<() => void>(() => undefined)
  useLayoutEffect(() => {
    leave.current = () =>
      onLeave(atEnd || anchor.current === null ? null : { anchor: anchor.current, window })
  })
  useLayoutEffect(() => () => leave.current(), [])

  const hold = useCallback(() => {
    const element = scroller.current
    if (element === null) {
      return
    }
    if (atEnd) {
      element.scrollTop = element.scrollHeight
      return
    }
    const row =
      anchor.current === null ? null : element.querySelector(`[data-seq="${anchor.current.seq}"]`)
    if (row !== null && anchor.current !== null) {
      const offset = row.getBoundingClientRect().top - element.getBoundingClientRect().top
      element.scrollTop += offset - anchor.current.offset
    }
  }, [atEnd])

  useLayoutEffect(hold)
  useEffect(() => {
    // Fonts, a rotated phone, a growing composer: sizes change without a render of ours.
    const observer = new ResizeObserver(hold)
    for (const element of [scroller.current, content.current]) {
      if (element !== null) {
        observer.observe(element)
      }
    }
    return () => observer.disconnect()
  }, [hold])

  const extend = () => {
    const element = scroller.current
    if (element === null) {
      return
    }
    const above = element.scrollTop
    const below = element.scrollHeight - above - element.clientHeight
    if (below < edgePixels && window.bottom !== null) {
      setWindow(newerWindow(window, log))
    } else if (above < edgePixels && !hidesOlder(window, log)) {
      loadOlder()
    } else if (above < edgePixels && !atEnd) {
      setWindow(olderWindow(window, log))
    }
  }
  // Not only on scrolling: at the very top nothing scrolls any more when older entries arrive, and a
  // list that does not fill its place cannot be scrolled at all.
  useEffect(extend)

  const onScroll = () => {
    const element = scroller.current
    if (element === null) {
      return
    }
    anchor.current = firstVisible(element)
    const below = element.scrollHeight - element.scrollTop - element.clientHeight
    setAtEnd(window.bottom === null && below <= endPixels)
    extend()
  }

  const [jumped, setJumped] = useState(0)
  const jumpTo = (seq: number) => {
    const height = scroller.current?.clientHeight ?? 0
    anchor.current = { seq: `${seq}`, offset: height / 3 }
    setAtEnd(false)
    setWindow(windowAround(log, seq))
    setJumped(jumped + 1)
  }
  // A list that is too short to scroll, or was in that place, tells nobody where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once after each jump
  useEffect(() => {
    if (jumped > 0) {
      onScroll()
    }
  }, [jumped])

  const toEnd = useCallback(() => {
    setAtEnd(true)
  }, [])

  return { scroller, content, window, atEnd, onScroll, toEnd, jumpTo }
}

function firstVisible(scroller: HTMLElement): Anchor | null {
  const top = scroller.getBoundingClientRect().top
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-seq]')) {
    const box = row.getBoundingClientRect()
    if (box.bottom > top) {
      return { seq: row.dataset.seq ?? '', offset: box.top - top }
    }
  }
  return null
}
