import { useEffect } from 'react'
import type { ChatClient } from '../chat/chat-client.ts'
import { unreadCount, unreadShownMax } from '../chat/room-log.ts'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { Place } from './place.ts'

/** The window's title: how much is unread, and where one is. */
export function useTitle(chat: ChatClient, place: Place, me: string): void {
  const texts = useTexts()
  const roomId = place.at === 'room' ? place.roomId : null
  const here = useStore(
    chat.store,
    (state) => state.rooms?.find((room) => room.roomId === roomId)?.name ?? null,
  )
  const unread = useStore(chat.store, (state) => {
    let count = 0
    for (const [id, log] of state.logs) {
      count += unreadCount(log, state.read.get(id) ?? 0, me)
    }
    return count
  })
  const names = {
    start: null,
    room: here,
    'my-files': texts.files.myFiles,
    sites: texts.files.sites,
  }
  const name = names[place.at]
  useEffect(() => {
    const shown = unread > unreadShownMax ? `${unreadShownMax}+` : `${unread}`
    document.title = `${unread > 0 ? `(${shown}) ` : ''}${name === null ? '' : `${name} · `}Tercet`
  }, [unread, name])
}
