import { type ReactNode, useEffect, useState } from 'react'
import type { DraftMessages } from '../attachments/draft-messages.ts'
import type { ChatClient } from '../chat/chat-client.ts'
import { ConnectionStatus } from '../chat/connection-status.tsx'
import type { LocalStore } from '../chat/local-store.ts'
import { openedCard } from '../chat/opened-card.ts'
import { inOrder } from '../chat/room-list.tsx'
import { UploadQueue } from '../files/uploads.ts'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { later, readParts } from '../ui/later.tsx'
import { recall, remember } from '../ui/remembered.ts'
import { useStore } from '../ui/store.ts'
import { createFolder, isTaken, uploadFile } from '../wire/files.ts'
import type { Person } from '../wire/frames.ts'
import type { Room } from '../wire/rooms.ts'
import { MenuButton } from './menu-button.tsx'
import { neighbourRoom, usePageKeys } from './page-keys.ts'
import { goTo, type Place, placeHash, usePlace } from './place.ts'
import { RoomPage } from './room-page.tsx'
import { Side } from './side.tsx'
import { useChat } from './use-chat.ts'
import { useDrawer } from './use-drawer.ts'
import { useTimeZone } from './use-time-zone.ts'
import { useTitle } from './use-title.ts'
import { useUnloadWarning } from './use-unload-warning.ts'
import '../chat/chat.css'

const Switcher = later(async () => (await import('./switcher.tsx')).Switcher)
const NewMessageDialog = later(
  async () => (await import('../chat/new-message-dialog.tsx')).NewMessageDialog,
)
const PersonCard = later(
  async () => (await import('../chat/person-card.tsx')).PersonCard,
  'says-nothing',
)
const ProfileDialog = later(async () => (await import('./profile-dialog.tsx')).ProfileDialog)
const KeysHelp = later(async () => (await import('./keys-help.tsx')).KeysHelp)
const MyFilesPage = later(async () => (await import('../files/my-files-page.tsx')).MyFilesPage)
const SitesPage = later(async () => (await import('../files/sites-page.tsx')).SitesPage)

/** The page of somebody who is inside: rooms on the left, what they opened beside it. */
export function Inside({ person }: { readonly person: Person }) {
  const chat = useChat(person)
  return chat === null ? null : (
    <Shell chat={chat.client} kept={chat.kept} messages={chat.messages} person={person} />
  )
}

function openRoom(roomId: string): void {
  goTo({ at: 'room', roomId, folder: null })
}

/** The card that somebody asked for. */
function OpenedCard(props: {
  readonly chat: ChatClient
  readonly me: string
  readonly inRoom: boolean
  readonly onOpen: (roomId: string) => void
  readonly onProfile: () => void
}) {
  const opened = useStore(openedCard, (value) => value)
  return opened === null ? null : (
    <PersonCard
      {...props}
      {...opened}
      key={opened.person.personId}
      onClose={() => openedCard.set(null)}
    />
  )
}

/** What the first room needs goes first. */
const partsMillis = 2_000

interface ShellProps {
  readonly chat: ChatClient
  readonly kept: LocalStore
  readonly messages: DraftMessages
  readonly person: Person
}

function Shell({ chat, kept, messages, person }: ShellProps) {
  const texts = useTexts()
  const rooms = useStore(chat.store, (state) => state.rooms)
  const invited = useStore(chat.store, (state) => state.invitations.length > 0)
  const place = usePlace()
  const drawer = useDrawer(place)
  // A room has it above the place where one writes.
  const inRoom = place.at === 'room' && rooms?.some((room) => room.roomId === place.roomId) === true
  const [queue] = useState(
    () =>
      new UploadQueue({
        isTaken,
        uploadFile: (parts) => uploadFile({ ...parts, announced: true }),
        createFolder,
      }),
  )
  useFirstRoom(place, rooms)
  useTitle(chat, person.personId, place)
  useUnloadWarning(chat, kept, queue, messages)
  useParts(rooms !== null)
  useTimeZone(person.personId)
  const [opened, setOpened] = useState<'switch' | 'help' | 'write' | 'profile' | null>(null)
  const locale = localeOf(useLanguage())
  usePageKeys((id) => {
    if (id === 'switch' || id === 'help' || id === 'write') {
      setOpened(id)
      return
    }
    const here = place.at === 'room' ? place.roomId : null
    const next = neighbourRoom(inOrder(rooms ?? [], locale), here, id === 'next' ? 1 : -1)
    if (next !== undefined) {
      goTo({ at: 'room', roomId: next.roomId, folder: null })
    }
  })
  useKeptFocus(place)
  return (
    <div className={invited ? 'shell shell-invited' : 'shell'}>
      <button type="button" className="skip" onClick={skipToContent}>
        {texts.app.skip}
      </button>
      <Side
        chat={chat}
        kept={kept}
        person={person}
        place={place}
        drawer={drawer}
        onKeys={() => setOpened('help')}
        onNewMessage={() => setOpened('write')}
        onProfile={() => setOpened('profile')}
      />
      <div className="content" id="content" tabIndex={-1}>
        <PlaceView
          chat={chat}
          kept={kept}
          messages={messages}
          queue={queue}
          person={person}
          place={place}
          onMenu={drawer.open}
        />
        {inRoom ? null : <ConnectionStatus chat={chat} />}
      </div>
      {opened === 'switch' ? (
        <Switcher
          chat={chat}
          me={person.personId}
          rooms={inOrder(rooms ?? [], locale)}
          onClose={() => setOpened(null)}
        />
      ) : null}
      {opened === 'write' ? (
        <NewMessageDialog
          chat={chat}
          me={person.personId}
          onOpen={openRoom}
          onClose={() => setOpened(null)}
        />
      ) : null}
      {opened === 'profile' ? (
        <ProfileDialog person={person} onClose={() => setOpened(null)} />
      ) : null}
      <OpenedCard
        chat={chat}
        me={person.personId}
        inRoom={inRoom}
        onOpen={openRoom}
        onProfile={() => setOpened('profile')}
      />
      {opened === 'help' ? <KeysHelp onClose={() => setOpened(null)} /> : null}
    </div>
  )
}

function PlaceView(props: {
  readonly chat: ChatClient
  readonly kept: LocalStore
  readonly messages: DraftMessages
  readonly queue: UploadQueue
  readonly person: Person
  readonly place: Place
  readonly onMenu: () => void
}) {
  const { place, queue } = props
  const { guest } = props.person
  const menu = <MenuButton onMenu={props.onMenu} />
  switch (place.at) {
    case 'start':
      return <NoRoom chat={props.chat} before={menu} />
    case 'my-files':
      return (
        <MyFilesPage
          queue={queue}
          guest={guest}
          before={menu}
          folder={place.folder}
          onFolder={(folder) => goTo({ at: 'my-files', folder })}
        />
      )
    case 'sites':
      return <SitesPage guest={guest} before={menu} />
    case 'room':
      return (
        <RoomPage
          key={place.roomId}
          {...props}
          roomId={place.roomId}
          folder={place.folder}
          linked={place.seq ?? null}
        />
      )
  }
}

/** What somebody sees who is in no room; nothing as long as we do not know. */
function NoRoom(props: { readonly chat: ChatClient; readonly before: ReactNode }) {
  const texts = useTexts()
  const none = useStore(props.chat.store, (state) => state.rooms?.length === 0)
  return none ? (
    <main className="empty full">
      {props.before}
      <p className="empty-title">{texts.chat.noRooms}</p>
      <p className="empty-hint">{texts.chat.noRoomsHint}</p>
    </main>
  ) : null
}

// A button and not a link: what stands behind the # of the address says where one is.
function skipToContent(): void {
  document.getElementById('content')?.focus()
}

/** Once the first room is there, the rest of the page is read, so that it opens at once and without a line. */
function useParts(begun: boolean): void {
  useEffect(() => {
    if (begun) {
      const timer = setTimeout(() => void readParts(), partsMillis)
      return () => clearTimeout(timer)
    }
    return undefined
  }, [begun])
}

/** Who goes elsewhere by keyboard goes on there: what had the focus may be gone with the place before. */
function useKeptFocus(place: Place): void {
  const where = placeHash(place)
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each arrival
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) {
      document.getElementById('content')?.focus()
    }
  }, [where])
}

/** Nobody lands on an empty page: the room of last time, the lobby, or the first one there is. */
function useFirstRoom(place: Place, rooms: readonly Room[] | null): void {
  const [last] = useState(() => recall('last-room'))
  const roomId = place.at === 'room' ? place.roomId : null
  useEffect(() => {
    if (roomId !== null) {
      remember('last-room', roomId)
    }
  }, [roomId])
  useEffect(() => {
    const first =
      rooms?.find((room) => room.roomId === last) ??
      rooms?.find((room) => room.name === 'lobby') ??
      rooms?.[0]
    if (place.at === 'start' && first !== undefined) {
      goTo({ at: 'room', roomId: first.roomId, folder: null })
    }
  }, [place.at, rooms, last])
}
