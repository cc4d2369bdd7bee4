import { useMemo, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { visibleName } from '../ui/shown-name.tsx'
import { useStore } from '../ui/store.ts'
import { useRovingFocus } from '../ui/use-roving-focus.ts'
import type { Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { mentionsIn, unreadIn } from './chat-state.ts'
import { useMarkAllRead } from './mark-all-read.tsx'
import { Faces, othersIn, StatusSign, useRoomName } from './person.tsx'
import { shownCount } from './reading.ts'

const BrowseRoomsDialog = later(async () => (await import('./browse-rooms.tsx')).BrowseRoomsDialog)
const InvitationList = later(
  async () => (await import('./invitation-list.tsx')).InvitationList,
  'says-nothing',
)
const CreateRoomDialog = later(
  async () => (await import('./create-room-dialog.tsx')).CreateRoomDialog,
)

/** My rooms by name, with what is new in them, and the ways to others. */
export function RoomList(props: {
  readonly chat: ChatClient
  readonly me: string
  readonly openRoomId: string | null
  readonly onOpen: (roomId: string) => void
  readonly onNewMessage: () => void
}) {
  const texts = useTexts()
  const { chat } = props
  const rooms = useStore(chat.store, (state) => state.rooms)
  const invited = useStore(chat.store, (state) => state.invitations.length > 0)
  const roving = useRovingFocus<HTMLElement>('.room-item')
  const [creating, setCreating] = useState(false)
  const [browsing, setBrowsing] = useState(false)
  const markAllRead = useMarkAllRead(chat)
  const locale = localeOf(useLanguage())
  const mine = useMemo(() => inOrder(rooms ?? [], locale), [rooms, locale])
  const named = mine.filter((room) => room.kind === 'room')
  const direct = mine.slice(named.length)
  return (
    <nav
      ref={roving.ref}
      className="room-list"
      aria-label={texts.chat.rooms}
      data-testid="room-list"
      onFocus={roving.onFocus}
      onKeyDown={roving.onKeyDown}
    >
      {invited ? <InvitationList chat={chat} onOpen={props.onOpen} /> : null}
      <div className="room-list-head">
        <h2 className="room-list-title">{texts.chat.myRooms}</h2>
        {markAllRead.button}
        <button
          type="button"
          className="button button-icon button-small"
          aria-label={texts.chat.browseRooms}
          title={texts.chat.browseRooms}
          data-testid="browse-rooms"
          onClick={() => setBrowsing(true)}
        >
          <Icon name="search" />
        </button>
        <button
          type="button"
          className="button button-icon button-small"
          aria-label={texts.chat.createRoom}
          title={texts.chat.createRoom}
          data-testid="create-room"
          onClick={() => setCreating(true)}
        >
          <Icon name="plus" />
        </button>
      </div>
      {markAllRead.done}
      {rooms === null ? <p className="room-list-note">{texts.common.loading}</p> : null}
      {rooms !== null && named.length === 0 ? (
        <p className="room-list-note">
          {texts.chat.noRooms} {texts.chat.noRoomsHint}
        </p>
      ) : null}
      <RoomItems {...props} rooms={named} />
      <div className="room-list-head">
        <h2 className="room-list-title">{texts.chat.directs}</h2>
        <button
          type="button"
          className="button button-icon button-small"
          aria-label={texts.chat.newMessage}
          title={texts.chat.newMessage}
          data-testid="new-message"
          onClick={props.onNewMessage}
        >
          <Icon name="plus" />
        </button>
      </div>
      {rooms !== null && direct.length === 0 ? (
        <p className="room-list-note">{texts.chat.noDirects}</p>
      ) : null}
      <RoomItems {...props} rooms={direct} />
      {browsing ? (
        <BrowseRoomsDialog
          chat={chat}
          onClose={() => setBrowsing(false)}
          onOpen={(roomId) => {
            setBrowsing(false)
            props.onOpen(roomId)
          }}
        />
      ) : null}
      {creating ? (
        <CreateRoomDialog
          chat={chat}
          onClose={() => setCreating(false)}
          onCreated={(room) => {
            setCreating(false)
            props.onOpen(room.roomId)
          }}
        />
      ) : null}
    </nav>
  )
}

/** My rooms in the order of the list: by name; then direct conversations, the newest first. */
export function inOrder(rooms: readonly Room[], locale: string): readonly Room[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const named = rooms.filter((room) => room.kind === 'room')
  const direct = rooms.filter((room) => room.kind === 'direct')
  return [...named.sort((one, other) => compare(one.name, other.name)), ...direct.reverse()]
}

function RoomItems(props: {
  readonly chat: ChatClient
  readonly me: string
  readonly rooms: readonly Room[]
  readonly openRoomId: string | null
  readonly onOpen: (roomId: string) => void
}) {
  return (
    <ul className="room-items">
      {props.rooms.map((room) => (
        <RoomItem
          key={room.roomId}
          chat={props.chat}
          me={props.me}
          room={room}
          open={room.roomId === props.openRoomId}
          onOpen={() => props.onOpen(room.roomId)}
        />
      ))}
    </ul>
  )
}

function RoomItem(props: {
  readonly chat: ChatClient
  readonly me: string
  readonly room: Room
  readonly open: boolean
  readonly onOpen: () => void
}) {
  const texts = useTexts()
  const { chat, room } = props
  const unread = useStore(chat.store, (state) => unreadIn(state, room.roomId))
  const mentions = useStore(chat.store, (state) => mentionsIn(state, room.roomId))
  const name = useRoomName(room, props.me)
  const others = othersIn(room, props.me)
  const present = useStore(
    chat.store,
    (state) => others !== null && (state.here.get(room.roomId)?.count ?? 0) > 1,
  )
  return (
    <li>
      <button
        type="button"
        className={unread > 0 ? 'room-item room-item-unread' : 'room-item'}
        aria-current={props.open ? 'page' : undefined}
        data-testid={`room-${name}`}
        onClick={props.onOpen}
      >
        {others === null ? (
          <Icon name={room.visibility === 'private' ? 'lock' : 'hash'} />
        ) : (
          <span className={present ? 'room-item-faces room-item-present' : 'room-item-faces'}>
            <Faces people={others} />
          </span>
        )}
        <span className="room-item-name" dir="auto">
          {visibleName(name)}
        </span>
        {present ? <span className="sr-only">{texts.chat.hereNow}</span> : null}
        {others?.length === 1 && others[0] !== undefined ? (
          <StatusSign personId={others[0].personId} />
        ) : null}
        {unread > 0 ? (
          <>
            <span
              className={others === null ? 'room-item-count' : 'room-item-mentions'}
              aria-hidden="true"
            >
              {shownCount(unread)}
            </span>
            <span className="sr-only">{texts.chat.unread(unread, shownCount(unread))}</span>
          </>
        ) : null}
        {mentions > 0 && others === null ? (
          <>
            <span className="room-item-mentions" aria-hidden="true" data-testid="mentions">
              {shownCount(mentions)}
            </span>
            <span className="sr-only">{texts.chat.mentioned(mentions, shownCount(mentions))}</span>
          </>
        ) : null}
      </button>
    </li>
  )
}
