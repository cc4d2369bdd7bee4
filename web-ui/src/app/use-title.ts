import { useEffect } from 'react'
import type { ChatClient } from '../chat/chat-client.ts'
import type { ChatState } from '../chat/chat-state.ts'
import { type Reading, shownCount } from '../chat/reading.ts'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { Place } from './place.ts'

/** The window's title: how many messages mention one, or a dot for others that are unread; and where one is. */
export function useTitle(chat: ChatClient, place: Place): void {
  const texts = useTexts()
  const roomId = place.at === 'room' ? place.roomId : null
  const here = useStore(
    chat.store,
    (state) => state.rooms?.find((room) => room.roomId === roomId)?.name ?? null,
  )
  const mentions = useStore(chat.store, (state) => sumOf(state, (reading) => reading.mentions))
  const unread = useStore(chat.store, (state) => sumOf(state, (reading) => reading.unread))
  const names = {
    start: null,
    room: here,
    'my-files': texts.files.myFiles,
    sites: texts.files.sites,
  }
  const name = names[place.at]
  useEffect(() => {
    const news = mentions > 0 ? `(${shownCount(mentions)}) ` : unread > 0 ? '• ' : ''
    document.title = `${news}${name === null ? '' : `${name} · `}Tercet`
  }, [mentions, unread, name])
}

function sumOf({ reading }: ChatState, count: (of: Reading) => number): number {
  return [...reading.values()].reduce((before, each) => before + count(each), 0)
}
