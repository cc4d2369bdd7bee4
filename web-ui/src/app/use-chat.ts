import { useEffect, useState } from 'react'
import { DraftMessages } from '../attachments/draft-messages.ts'
import { ChatClient } from '../chat/chat-client.ts'
import { LocalStore } from '../chat/local-store.ts'
import { hasSession, sessionBecame, sessionEnded } from '../session/session.ts'
import { getCard, getMyCard } from '../wire/cards.ts'
import { Connection, openChatSocket } from '../wire/connection.ts'
import { createFolder, isTaken, takeBack, uploadFile } from '../wire/files.ts'
import type { Person } from '../wire/frames.ts'
import { listInvitations } from '../wire/invitations.ts'
import { deleteMessage, editMessage, getMessage } from '../wire/messages.ts'
import { setReaction } from '../wire/reactions.ts'
import { getUnread, putRead } from '../wire/reading.ts'
import { listMembers, listMyRooms } from '../wire/rooms.ts'

/** The chat of one person, and what this browser keeps of it. */
export interface Chat {
  readonly client: ChatClient
  readonly kept: LocalStore
  readonly messages: DraftMessages
}

/** The chat of the person who is inside, as long as they are; `null` for the first instant. */
export function useChat(person: Person): Chat | null {
  const { personId, name } = person
  const [chat, setChat] = useState<Chat | null>(null)
  useEffect(() => {
    let left = false
    let opened: Chat | null = null
    void LocalStore.open(personId).then((kept) => {
      if (left) {
        kept.close()
        return
      }
      const client = connectChat(personId, name, kept)
      opened = { client, kept, messages: draftMessages(client, kept) }
      setChat(opened)
      opened.client.start()
    })
    const unwatch = watchPage(
      (doubt) => opened?.client.checkLine(doubt),
      () => opened?.client.hidden(),
    )
    return () => {
      left = true
      unwatch()
      opened?.client.stop()
      opened?.kept.close()
    }
  }, [personId, name])
  return chat
}

/**
 * Says when the line may be gone (the network changed, or the page slept or was not looked at), and
 * when nobody looks at the page any more.
 */
function watchPage(check: (doubt: boolean) => void, hidden: () => void): () => void {
  const watching = new AbortController()
  const { signal } = watching
  window.addEventListener('offline', () => check(true), { signal })
  window.addEventListener('online', () => check(false), { signal })
  window.addEventListener('pagehide', hidden, { signal })
  window.addEventListener('pageshow', () => check(false), { signal })
  document.addEventListener('resume', () => check(false), { signal })
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') {
        check(false)
      } else {
        hidden()
      }
    },
    { signal },
  )
  return () => watching.abort()
}

/** A closed session may have been replaced by a new one: then it was not the person who left. */
const againMillis = 1_000

function connectChat(personId: string, name: string, kept: LocalStore): ChatClient {
  const client = new ChatClient({
    me: { personId, name },
    kept,
    onOtherPerson: sessionBecame,
    listRooms: listMyRooms,
    listInvitations,
    messages: { get: getMessage, edit: editMessage, delete: deleteMessage },
    reading: { getUnread, putRead },
    reactions: { set: setReaction },
    cards: { mine: getMyCard, of: getCard, members: listMembers },
    connect: (listener) =>
      new Connection({
        open: () => openChatSocket(window.location),
        hasSession,
        onFrames: listener.onFrames,
        onState: (state) => {
          listener.onState(state)
          if (state.status === 'disconnected' && state.why === 'signed-out') {
            hasSession().then(
              (still) => (still ? setTimeout(() => client.start(), againMillis) : sessionEnded()),
              sessionEnded,
            )
          }
        },
        now: () => Date.now(),
        random: () => Math.random(),
      }),
  })
  return client
}

function draftMessages(client: ChatClient, kept: LocalStore): DraftMessages {
  return new DraftMessages({
    wire: {
      isTaken,
      createFolder,
      uploadFile: (parts) => uploadFile({ ...parts, announced: false }),
    },
    drafts: kept,
    post: (roomId, said) => client.post(roomId, said),
    isSaid: (roomId, fileId) => {
      const entries = client.store.get().logs.get(roomId)?.entries ?? []
      return entries.some(
        (entry) =>
          entry.kind === 'message' && entry.files?.some((file) => file.fileId === fileId) === true,
      )
    },
    takeBack,
  })
}
