import { useEffect } from 'react'
import type { ChatClient } from '../chat/chat-client.ts'
import { useRoomName } from '../chat/person.tsx'
import { shownCount } from '../chat/reading.ts'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { Place } from './place.ts'

/** The window's title: how much is unread, and where one is. */
export function useTitle(chat: ChatClient, me: string, place: Place): void {
  const texts = useTexts()
  const roomId = place.at === 'room' ? place.roomId : null
  const here = useStore(chat.store, (state) => state.rooms?.find((room) => room.roomId === roomId))
  const roomName = useRoomName(here, me)
  const unread = useStore(chat.store, (state) => {
    let count = 0
    for (const reading of state.reading.values()) {
      count += reading.unread
    }
    return count
  })
  const names = {
    start: null,
    room: here === undefined ? null : roomName,
    'my-files': texts.files.myFiles,
    sites: texts.files.sites,
  }
  const name = names[place.at]
  useEffect(() => {
    document.title = `${unread > 0 ? `(${shownCount(unread)}) ` : ''}${name === null ? '' : `${name} · `}Tercet`
  }, [unread, name])
}
