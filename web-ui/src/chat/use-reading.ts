import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useStore } from '../ui/store.ts'
import type { ChatClient } from './chat-client.ts'
import { linkedEntriesMax, type Search } from './linked-message.ts'
import { firstNews, type Reading } from './reading.ts'
import { isCaughtUp, lastSeq, type RoomLog } from './room-log.ts'
import { stretchInView } from './rows-in-view.ts'
import { Visit } from './visit.ts'

/** So far back, in entries, a room that is opened reads its past by itself to the first unread message. */
export const unreadEntriesMax = 500
/** After so long, who reads the end of a room is not taken to its first unread message any more. */
export const openingMillis = 5_000

export interface ReadingParts {
  readonly chat: ChatClient
  readonly me: string
  readonly roomId: string
  readonly log: RoomLog
  readonly watching: boolean
  /** The address names a message: the reader goes there, not to what is unread. */
  readonly linked: boolean
  /** They are about to go there, and see nothing before. */
  readonly leaving: boolean
  readonly scroller: RefObject<HTMLElement | null>
  readonly jumpTo: (seq: number) => void
  readonly toEnd: () => void
}

/** Unread messages that stand above what is in view. */
export interface Above {
  readonly unread: number
  /** When the first of them was sent, RFC 3339; `null` if the page does not have it. */
  readonly since: string | null
}

export interface ReadingOfRoom {
  /** The message before which the line stands that says what is new; `null` for no line. */
  readonly line: number | null
  readonly unread: number
  readonly above: Above | null
  /** How the way to the first unread message goes; `null` if nobody asked for it. */
  readonly search: Search | null
  /** Looks at what is in view: to be called when that may have changed without a new row. */
  readonly look: () => void
  readonly toFirst: () => void
  readonly markRead: () => void
}

/** `opening` is the way that a room goes by itself when somebody comes, `asked` the one they ask for. */
type Way = 'opening' | 'asked' | null

/**
 * Follows what somebody reads in a room: where what is new begins, up to where they have seen all of
 * it, and the ways to the first unread message and to the end.
 */
export function useReading(parts: ReadingParts): ReadingOfRoom {
  const { chat, me, roomId, log, watching, scroller, jumpTo, toEnd } = parts
  const reading = useStore(chat.store, (state) => state.reading.get(roomId))
  const unread = reading?.unread ?? 0
  const first = firstOf(log, reading, me)
  const [line, setLine] = useLine(reading, first?.seq ?? null, watching)
  const [way, setWay] = useState<Way>(unread > 0 && !parts.linked ? 'opening' : null)
  const [isAbove, setAbove] = useState(false)
  const [visit] = useState(() => new Visit(me))
  const [arrived, setArrived] = useState<{ readonly seq: number } | null>(null)

  const firstSeq = first?.seq ?? null
  const search = way === null ? null : searchFor(log, reading, firstSeq, way)
  const act = useRef({ jumpTo, chat })
  act.current = { jumpTo, chat }
  // Before the browser shows the end of the list, and before anything there counts as seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each piece of the log that arrives is looked at
  useLayoutEffect(() => {
    if (search === 'older') {
      act.current.chat.loadOlder(roomId)
    } else if (search === 'there' && firstSeq !== null) {
      act.current.jumpTo(firstSeq)
      setArrived(way === 'asked' ? { seq: firstSeq } : null)
      setWay(null)
    } else if (search === 'unknown') {
      setWay(null)
    }
  }, [log, search, firstSeq])
  const isFar = search === 'too-far'
  useEffect(() => {
    // The server may know that all before it is no news.
    if (isFar) {
      chat.askFirstUnread(roomId)
    }
  }, [isFar, chat, roomId])
  useEffect(() => {
    const timer = setTimeout(() => setWay((now) => (now === 'opening' ? null : now)), openingMillis)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    if (arrived !== null) {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-seq="${arrived.seq}"]`)
      row?.focus({ preventScroll: true })
    }
  }, [arrived, scroller])

  const look = () => {
    const element = scroller.current
    if (element === null || reading === undefined || search === 'there' || parts.leaving) {
      return
    }
    const view = stretchInView(element)
    const place = visit.look({ log, reading, view, watching })
    if (place !== null) {
      chat.readTo(roomId, place)
    }
    const isHere = log.after <= reading.clear
    setAbove(view !== null && (isHere ? firstSeq !== null && firstSeq < view.from : true))
  }
  useEffect(look)

  const markRead = useCallback(() => {
    chat.markRead(roomId)
    setLine(null)
    setWay(null)
    toEnd()
  }, [chat, roomId, toEnd, setLine])
  const toFirst = useCallback(() => setWay('asked'), [])
  const isOnTheWay = way === 'opening' && !isFar
  const isShown = unread > 0 && isAbove && !isOnTheWay
  const above = isShown ? { unread, since: first?.sentAt ?? null } : null
  return { line, unread, above, search: way === 'asked' ? search : null, look, toFirst, markRead }
}

/** The first unread message; `null` if there is none, or the page does not have it. */
function firstOf(log: RoomLog, reading: Reading | undefined, me: string) {
  return reading === undefined || reading.unread === 0 || log.after > reading.clear
    ? null
    : firstNews(log, reading.clear, me)
}

/**
 * The line stands before what was unread when somebody came, came back to the page, or marked it as
 * unread; and it stays while they read.
 */
function useLine(reading: Reading | undefined, first: number | null, watching: boolean) {
  const [line, setLine] = useState<number | null>(null)
  const [awaited, setAwaited] = useState(true)
  const [seen, setSeen] = useState({ watching, place: reading?.place ?? 0 })
  const place = reading?.place ?? 0
  if (seen.watching !== watching || seen.place !== place) {
    const cameBack = watching && !seen.watching && (line === null || line <= place)
    setSeen({ watching, place })
    setAwaited(awaited || cameBack || place < seen.place)
  } else if (awaited && reading !== undefined && (first !== null || reading.unread === 0)) {
    setAwaited(false)
    setLine(first ?? line)
  }
  return [line, setLine] as const
}

function searchFor(
  log: RoomLog,
  reading: Reading | undefined,
  first: number | null,
  way: 'opening' | 'asked',
): Search | null {
  if (reading === undefined || reading.unread === 0) {
    return 'unknown'
  }
  if (first !== null) {
    return 'there'
  }
  if (!isCaughtUp(log) || log.after <= reading.clear) {
    return 'waiting'
  }
  const max = way === 'opening' ? unreadEntriesMax : linkedEntriesMax
  return lastSeq(log) - reading.clear > max ? 'too-far' : 'older'
}
