import { useState } from 'react'
import type { ChatClient } from '../chat/chat-client.ts'
import { Composer } from '../chat/composer.tsx'
import { Conversation } from '../chat/conversation.tsx'
import { PeoplePanel } from '../chat/people-panel.tsx'
import { RoomHeader } from '../chat/room-header.tsx'
import { ProblemNotice } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { Panel } from '../ui/panel.tsx'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import type { FileRef, Person } from '../wire/frames.ts'
import { joinRoom, type Room } from '../wire/rooms.ts'
import { MenuButton } from './menu-button.tsx'
import { goTo } from './place.ts'

/** One room: its conversation, where one writes, and its people or files beside it. */
export function RoomPage(props: {
  readonly chat: ChatClient
  readonly person: Person
  readonly roomId: string
  readonly onMenu: () => void
}) {
  const texts = useTexts()
  const { chat, roomId } = props
  const rooms = useStore(chat.store, (state) => state.rooms)
  const room = rooms?.find((each) => each.roomId === roomId)
  if (rooms === null) {
    return (
      <main className="empty full">
        <p role="status">{texts.common.loading}</p>
      </main>
    )
  }
  if (room === undefined) {
    return (
      <main className="empty full">
        <MenuButton onMenu={props.onMenu} />
        <p className="empty-title">{texts.app.notFound}</p>
        <p className="empty-hint">{texts.app.notFoundHint}</p>
      </main>
    )
  }
  return room.member ? <JoinedRoom {...props} room={room} /> : <OtherRoom {...props} room={room} />
}

type RoomProps = {
  readonly chat: ChatClient
  readonly person: Person
  readonly room: Room
  readonly onMenu: () => void
}

function JoinedRoom({ chat, person, room, onMenu }: RoomProps) {
  const texts = useTexts()
  const log = useStore(chat.store, (state) => state.logs.get(room.roomId))
  const textCharactersMax = useStore(chat.store, (state) => state.textCharactersMax)
  const [panel, setPanel] = useState<'none' | 'people'>('none')
  return (
    <main className="room">
      <div className="room-main">
        <RoomHeader
          chat={chat}
          room={room}
          peopleOpen={panel === 'people'}
          onPeople={() => setPanel(panel === 'people' ? 'none' : 'people')}
          before={<MenuButton onMenu={onMenu} />}
          after={null}
        />
        {log === undefined ? null : (
          <Conversation chat={chat} me={person} room={room} log={log} renderFile={renderFile} />
        )}
        <Composer
          roomId={room.roomId}
          roomName={room.name}
          textCharactersMax={textCharactersMax}
          onSend={(text) => chat.post(room.roomId, text)}
          before={null}
        />
      </div>
      {panel === 'people' ? (
        <Panel title={texts.chat.people} onClose={() => setPanel('none')}>
          <PeoplePanel chat={chat} me={person} room={room} onLeft={() => goTo({ at: 'start' })} />
        </Panel>
      ) : null}
    </main>
  )
}

function renderFile(file: FileRef) {
  return <span>{file.name}</span>
}

function OtherRoom({ chat, room, onMenu }: RoomProps) {
  const texts = useTexts()
  const task = useTask()
  const join = () =>
    task.run(async () => {
      await joinRoom(room.roomId)
      await chat.refreshRooms()
    })
  return (
    <main className="room">
      <div className="room-main">
        <RoomHeader
          chat={chat}
          room={room}
          peopleOpen={false}
          onPeople={() => undefined}
          before={<MenuButton onMenu={onMenu} />}
          after={null}
        />
        <div className="empty full">
          <span className="empty-mark">
            <Icon name="people" />
          </span>
          <p className="empty-title">{texts.chat.joinToTalk(room.name)}</p>
          <p className="empty-hint">{texts.chat.members(room.memberCount)}</p>
          <ProblemNotice text={failureText(texts, task.failure)} />
          <button
            type="button"
            className="button button-main"
            disabled={task.busy}
            data-testid="join-room"
            onClick={() => void join()}
          >
            {texts.chat.join}
          </button>
        </div>
      </div>
    </main>
  )
}
