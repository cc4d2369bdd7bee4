import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useStore } from '../ui/store.ts'
import type { ChatClient } from './chat-client.ts'
import { linkedEntriesMax, type Search, searchFor as searchForLinked } from './linked-message.ts'
import { firstMention, firstNews, mentionsBehind, type Reading } from './reading.ts'
import { isCaughtUp, lastSeq, type RoomLog } from './room-log.ts'
import { stretchInView } from './rows-in-view.ts'
import type { Stretch } from './seen-stretches.ts'
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
  /** So many of them mention the reader. */
  readonly mentions: number
  /** When the first of them was sent, RFC 3339; `null` if the page does not have it. */
  readonly since: string | null
}

export interface ReadingOfRoom {
  /** The message before which the line stands that says what is new; `null` for no line. */
  readonly line: number | null
  readonly unread: number
  readonly above: Above | null
  /** Unread messages that mention the reader and stand below what is in view. */
  readonly mentionsBelow: number
  /** How the way to the first unread message, or mention, goes; `null` if nobody asked for it. */
  readonly search: Search | null
  /** Looks at what is in view: to be called when that may have changed without a new row. */
  readonly look: () => void
  /** To the first unread mention above, or else to the first unread message. */
  readonly toFirst: () => void
  readonly toMentionBelow: () => void
  readonly markRead: () => void
}

/**
 * `opening` is the way that a room goes by itself when somebody comes. They ask for that to the first
 * unread message (`asked`) and for that to the first unread mention (`mention`).
 */
type Way = 'opening' | 'asked' | 'mention'

/** What stands above what is in view, and below. */
interface Around {
  readonly unreadAbove: boolean
  readonly mentionsAbove: number
  readonly mentionsBelow: number
}

const nothingAround: Around = { unreadAbove: false, mentionsAbove: 0, mentionsBelow: 0 }

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
  const [way, setWay] = useState<Way | null>(unread > 0 && !parts.linked ? 'opening' : null)
  const [around, setAround] = useState(nothingAround)
  const [visit] = useState(() => new Visit(me))
  const [arrived, setArrived] = useState<{ readonly seq: number } | null>(null)

  const firstSeq = first?.seq ?? null
  const goal = way === 'mention' ? mentionOf(log, reading, me) : firstSeq
  const search = way === null ? null : searchFor(log, reading, goal, way)
  const act = useRef({ jumpTo, chat })
  act.current = { jumpTo, chat }
  // Before the browser shows the end of the list, and before anything there counts as seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each piece of the log that arrives is looked at
  useLayoutEffect(() => {
    if (search === 'older') {
      act.current.chat.loadOlder(roomId)
    } else if (search === 'there' && goal !== null) {
      act.current.jumpTo(goal)
      setArrived(way === 'opening' ? null : { seq: goal })
      setWay(null)
    } else if (search === 'unknown') {
      setWay(null)
    }
  }, [log, search, goal])
  const isFar = search === 'too-far'
  const asks = isFar || (way === 'mention' && goal === null)
  useEffect(() => {
    // The server may know that all before it is no news, and where the mentions are.
    if (asks) {
      chat.askFirstUnread(roomId)
    }
  }, [asks, chat, roomId])
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
    const now = view === null ? nothingAround : aroundOf(log, reading, view, me)
    setAround((before) => (isSame(before, now) ? before : now))
  }
  useEffect(look)

  const markRead = useCallback(() => {
    chat.markRead(roomId)
    setLine(null)
    setWay(null)
    toEnd()
  }, [chat, roomId, toEnd, setLine])
  const { mentionsAbove, mentionsBelow } = around
  const toFirst = () => setWay(mentionsAbove > 0 ? 'mention' : 'asked')
  const toMentionBelow = () => {
    const view = scroller.current === null ? null : stretchInView(scroller.current)
    const seq = reading && view ? firstMention(log, Math.max(reading.clear, view.to), me) : null
    if (seq !== null) {
      jumpTo(seq)
      setArrived({ seq })
    }
  }
  const isOnTheWay = way === 'opening' && !isFar
  const isShown = unread > 0 && around.unreadAbove && !isOnTheWay
  const above = isShown ? { unread, mentions: mentionsAbove, since: first?.sentAt ?? null } : null
  return {
    line,
    unread,
    above,
    mentionsBelow,
    search: way === 'opening' ? null : search,
    look,
    toFirst,
    toMentionBelow,
    markRead,
  }
}

/** The first unread message; `null` if there is none, or the page does not have it. */
function firstOf(log: RoomLog, reading: Reading | undefined, me: string) {
  return reading === undefined || reading.unread === 0 || log.after > reading.clear
    ? null
    : firstNews(log, reading.clear, me)
}

function aroundOf(log: RoomLog, reading: Reading, view: Stretch, me: string): Around {
  const { clear, mentions } = reading
  const isHere = log.after <= clear
  const first = isHere ? (firstNews(log, clear, me)?.seq ?? null) : null
  return {
    unreadAbove: isHere ? first !== null && first < view.from : true,
    mentionsAbove: Math.max(0, mentions - mentionsBehind(log, Math.max(clear, view.from - 1), me)),
    mentionsBelow: mentions === 0 ? 0 : mentionsBehind(log, Math.max(clear, view.to), me),
  }
}

function isSame(one: Around, other: Around): boolean {
  return (
    one.unreadAbove === other.unreadAbove &&
    one.mentionsAbove === other.mentionsAbove &&
    one.mentionsBelow === other.mentionsBelow
  )
}

/** The first unread message that mentions the reader; `null` if nobody here knows it. */
function mentionOf(log: RoomLog, reading: Reading | undefined, me: string): number | null {
  if (reading === undefined || log.after <= reading.clear) {
    return reading === undefined ? null : firstMention(log, reading.clear, me)
  }
  const said = reading.firstMention
  return said !== null && said > reading.clear ? said : null
}

function searchForMention(log: RoomLog, reading: Reading | undefined, seq: number | null): Search {
  if (reading === undefined || reading.mentions === 0) {
    return 'unknown'
  }
  return seq === null ? 'waiting' : searchForLinked(log, seq)
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
  way: Way,
): Search {
  if (way === 'mention') {
    return searchForMention(log, reading, first)
  }
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
