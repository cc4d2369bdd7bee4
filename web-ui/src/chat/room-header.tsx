import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { ShownName } from '../ui/shown-name.tsx'
import { useStore } from '../ui/store.ts'
import { shownName } from '../wire/names.ts'
import type { Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { nobody } from './chat-state.ts'
import { Faces, othersIn, StatusLine, useNow, useRoomName } from './person.tsx'
import { membersNow } from './room-log.ts'

/** The room's name and topic, and who is here. */
export function RoomHeader(props: {
  readonly chat: ChatClient
  readonly me: string
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
  const now = useNow()
  const names = here.people.map((person) => shownName(now(person))).join(', ')
  const name = useRoomName(room, props.me)
  const others = othersIn(room, props.me)
  const only = others?.length === 1 ? others[0] : undefined
  return (
    <header className="room-header">
      {props.before}
      <div className="room-header-title">
        <h1 className="room-header-name">
          {others === null ? (
            <Icon name={room.visibility === 'private' ? 'lock' : 'hash'} />
          ) : (
            <Faces people={others} />
          )}
          <span dir="auto">
            <ShownName name={name} />
          </span>
        </h1>
        <p className="room-header-topic" dir="auto">
          {only === undefined ? (
            room.topic || texts.chat.members(members)
          ) : (
            <StatusLine personId={only.personId} otherwise={texts.chat.directBetweenTwo} />
          )}
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
              <Faces people={here.people} />
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
