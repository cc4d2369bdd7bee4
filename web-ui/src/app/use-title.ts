import { useEffect } from 'react'
import type { ChatClient } from '../chat/chat-client.ts'
import type { ChatState } from '../chat/chat-state.ts'
import { useRoomName } from '../chat/person.tsx'
import { shownCount } from '../chat/reading.ts'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { Place } from './place.ts'

/** The window's title: how many messages are meant for one, or a dot for others that are unread; and where one is. */
export function useTitle(chat: ChatClient, me: string, place: Place): void {
  const texts = useTexts()
  const roomId = place.at === 'room' ? place.roomId : null
  const here = useStore(chat.store, (state) => state.rooms?.find((room) => room.roomId === roomId))
  const roomName = useRoomName(here, me)
  const mentions = useStore(chat.store, meantForMe)
  const unread = useStore(chat.store, unreadInAll)
  const names = {
    start: null,
    room: here === undefined ? null : roomName,
    'my-files': texts.files.myFiles,
    sites: texts.files.sites,
  }
  const name = names[place.at]
  useEffect(() => {
    const news = mentions > 0 ? `(${shownCount(mentions)}) ` : unread > 0 ? '• ' : ''
    document.title = `${news}${name === null ? '' : `${name} · `}Tercet`
  }, [mentions, unread, name])
}

/** What is unread in direct conversations, and what mentions me elsewhere. */
function meantForMe({ rooms, reading }: ChatState): number {
  const direct = new Set(rooms?.filter(({ kind }) => kind === 'direct').map(({ roomId }) => roomId))
  return [...reading].reduce(
    (before, [roomId, { unread, mentions }]) => before + (direct.has(roomId) ? unread : mentions),
    0,
  )
}

function unreadInAll({ reading }: ChatState): number {
  return [...reading.values()].reduce((before, { unread }) => before + unread, 0)
}
