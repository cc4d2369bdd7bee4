import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from '../ui/store.ts'
import type { MessageEntry } from '../wire/frames.ts'
import { listReplies } from '../wire/messages.ts'
import type { ChatClient } from './chat-client.ts'
import { messageAt, type RoomLog } from './room-log.ts'

/** Replies of one message that are older than the log that is here, and are read for it. */
export const repliesReadMax = 2_000
/** However often messages change, these are read again after so long at the earliest. */
export const repliesReadMillis = 1_000

/** A message and what answers it, as they are now. */
export interface Replies {
  /** `null` before it is read. */
  readonly origin: MessageEntry | null
  /** Ascending, without deleted ones; `null` before they are read. */
  readonly replies: readonly MessageEntry[] | null
  /** There are more between those that were read and the log. */
  readonly more: boolean
  readonly failure: unknown
  readonly again: () => void
}

interface Older {
  readonly entries: readonly MessageEntry[]
  readonly more: boolean
}

/**
 * A message with all its replies. Where the message is in the log that is here, its replies are, too;
 * otherwise the older ones are read, once more whenever a message was edited or deleted.
 */
export function useReplies(chat: ChatClient, roomId: string, log: RoomLog, seq: number): Replies {
  const isHere = log.after < seq
  const changedAt = useStore(chat.store, (state) =>
    isHere ? 0 : (state.logs.get(roomId)?.pinsChangedAt ?? 0),
  )
  const [older, setOlder] = useState<Older | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [asked, setAsked] = useState(0)
  const readAt = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change asks again, and so does somebody
  useEffect(() => {
    if (isHere) {
      return undefined
    }
    let wanted = true
    const read = async () => {
      readAt.current = Date.now()
      try {
        const [now] = await Promise.all([readOlder(roomId, seq), chat.readQuoted(roomId, seq)])
        if (wanted) {
          setOlder(now)
          setFailure(null)
        }
      } catch (error) {
        if (wanted) {
          setFailure(error)
        }
      }
    }
    const wait = Math.max(0, readAt.current + repliesReadMillis - Date.now())
    const timer = setTimeout(() => void read(), wait)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [chat, roomId, seq, isHere, changedAt, asked])
  const replies = useMemo(() => {
    const here = log.entries.filter((entry) => isReply(entry, seq)) as readonly MessageEntry[]
    return isHere
      ? here
      : older && [...older.entries.filter((each) => each.seq <= log.after), ...here]
  }, [log, seq, isHere, older])
  return {
    origin: messageAt(log, seq),
    replies,
    more: !isHere && (older?.more ?? false),
    failure: isHere ? null : failure,
    again: useCallback(() => setAsked((before) => before + 1), []),
  }
}

function isReply(entry: RoomLog['entries'][number], seq: number): boolean {
  return entry.kind === 'message' && entry.replyTo === seq && entry.deleted === undefined
}

async function readOlder(roomId: string, seq: number): Promise<Older> {
  const entries: MessageEntry[] = []
  let more = true
  while (more && entries.length < repliesReadMax) {
    const page = await listReplies(roomId, seq, entries.at(-1)?.seq ?? seq)
    entries.push(...page.entries)
    more = page.more && page.entries.length > 0
  }
  return { entries, more }
}
