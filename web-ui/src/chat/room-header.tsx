import type { ReactNode } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { ShownName } from '../ui/shown-name.tsx'
import { useStore } from '../ui/store.ts'
import { shownName } from '../wire/names.ts'
import type { Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { nobody } from './chat-state.ts'
import { membersNow } from './room-log.ts'

const facesMax = 3

/** The room's name and topic, and who is here. */
export function RoomHeader(props: {
  readonly chat: ChatClient
  readonly room: Room
  readonly peopleOpen: boolean
  readonly onPeople: () => void
  readonly before: ReactNode
  readonly after: ReactNode
}) {
  const texts = useTexts()
  const { chat, room } = props
  const here = useStore(chat.store, (state) => state.here.get(room.roomId)) ?? nobody
  const members = useStore(chat.store, (state) => {
    const log = state.logs.get(room.roomId)
    return log === undefined ? room.memberCount : membersNow(log, room.memberCount, room.lastSeq)
  })
  const names = here.people.map(shownName).join(', ')
  return (
    <header className="room-header">
      {props.before}
      <div className="room-header-title">
        <h1 className="room-header-name">
          <Icon name={room.visibility === 'private' ? 'lock' : 'hash'} />
          <span dir="auto">
            <ShownName name={room.name} />
          </span>
        </h1>
        <p className="room-header-topic" dir="auto">
          {room.topic || texts.chat.members(members)}
        </p>
      </div>
      {room.member ? (
        <div className="room-header-tools">
          <button
            type="button"
            className="here"
            aria-expanded={props.peopleOpen}
            title={texts.chat.hereNames(names)}
            onClick={props.onPeople}
            data-testid="people-here"
          >
            <span className="here-faces" aria-hidden="true">
              {here.people.slice(0, facesMax).map((person) => (
                <Avatar key={person.personId} name={person.name} small />
              ))}
            </span>
            <span className="here-count">
              {here.count === 0 ? texts.chat.people : texts.chat.here(here.count)}
            </span>
            <span className="sr-only">{names}</span>
          </button>
          {props.after}
        </div>
      ) : null}
    </header>
  )
}
