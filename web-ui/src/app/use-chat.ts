import { useEffect, useState } from 'react'
import { ChatClient } from '../chat/chat-client.ts'
import { hasSession, sessionEnded } from '../session/session.ts'
import { Connection, openChatSocket } from '../wire/connection.ts'
import type { Person } from '../wire/frames.ts'
import { listInvitations } from '../wire/invitations.ts'
import { listMyRooms } from '../wire/rooms.ts'

/** The chat of the person who is inside, as long as they are; `null` for the first instant. */
export function useChat(person: Person): ChatClient | null {
  const { personId, name } = person
  const [chat, setChat] = useState<ChatClient | null>(null)
  useEffect(() => {
    const client = connectChat(personId, name)
    setChat(client)
    client.start()
    const retry = () => client.retryNow()
    window.addEventListener('online', retry)
    return () => {
      window.removeEventListener('online', retry)
      client.stop()
    }
  }, [personId, name])
  return chat
}

/** A closed session may have been replaced by a new one: then it was not the person who left. */
const againMillis = 1_000

function connectChat(personId: string, name: string): ChatClient {
  const client = new ChatClient({
    me: { personId, name },
    listRooms: listMyRooms,
    listInvitations,
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
