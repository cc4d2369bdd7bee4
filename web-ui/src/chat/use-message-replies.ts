import { type KeyboardEvent, useMemo } from 'react'
import type { ChatClient } from './chat-client.ts'
import type { ReplyActs } from './reply-acts.ts'
import { messageAt, type RoomLog } from './room-log.ts'

export interface MessageReplies {
  readonly acts: ReplyActs
  /** On a message, a key answers it. */
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Answers the messages of one conversation. */
export function useMessageReplies(parts: {
  readonly chat: ChatClient
  readonly roomId: string
  readonly log: RoomLog
  readonly onReply: (seq: number) => void
  readonly onReplies: (seq: number) => void
}): MessageReplies {
  const { chat, roomId, log, onReply, onReplies } = parts
  const acts = useMemo(
    (): ReplyActs => ({
      onReply,
      onOpen: onReplies,
      onMissing: (seq) => void chat.readQuoted(roomId, seq),
    }),
    [chat, roomId, onReply, onReplies],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey
    const row = event.target instanceof HTMLElement ? event.target : null
    if (event.key.toLowerCase() !== 'r' || modified || row?.dataset.seq === undefined) {
      return
    }
    const message = messageAt(log, Number(row.dataset.seq))
    if (message !== null && message.deleted === undefined) {
      event.preventDefault()
      onReply(message.seq)
    }
  }
  return { acts, onKeyDown }
}
