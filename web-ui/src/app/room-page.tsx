import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type DraftMessage, type DraftMessages, noDraft } from '../attachments/draft-messages.ts'
import { type Looked, MessageFiles } from '../attachments/message-files.tsx'
import type { ChatClient } from '../chat/chat-client.ts'
import { Composer } from '../chat/composer.tsx'
import { ConnectionStatus } from '../chat/connection-status.tsx'
import { Conversation } from '../chat/conversation.tsx'
import type { LocalStore } from '../chat/local-store.ts'
import { lastToEdit } from '../chat/message-rights.ts'
import type { RenderFiles } from '../chat/message-row.tsx'
import { useRoomName } from '../chat/person.tsx'
import { keepReplyDraft, replyDraft } from '../chat/reply-draft.ts'
import { ReplyingTo } from '../chat/reply-quote.tsx'
import { RoomHeader } from '../chat/room-header.tsx'
import { messageAt } from '../chat/room-log.ts'
import { RoomNamesContext, useRoomNames } from '../chat/room-names.ts'
import { DropZone } from '../files/drop-zone.tsx'
import { UploadButton } from '../files/upload-button.tsx'
import type { Dropped, UploadQueue } from '../files/uploads.ts'
import { ProblemNotice } from '../ui/dialog.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { Panel } from '../ui/panel.tsx'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import type { Space } from '../wire/files.ts'
import type { Person } from '../wire/frames.ts'
import { joinRoom, type Room } from '../wire/rooms.ts'
import { MenuButton } from './menu-button.tsx'
import { addressOf, goTo } from './place.ts'
import { useOtherRoom } from './use-other-room.ts'

const AttachmentStrip = later(
  async () => (await import('../attachments/attachment-strip.tsx')).AttachmentStrip,
  'says-nothing',
)
const Lightbox = later(
  async () => (await import('../attachments/lightbox.tsx')).Lightbox,
  'says-nothing',
)
const PeoplePanel = later(async () => (await import('../chat/people-panel.tsx')).PeoplePanel)
const PinsPanel = later(async () => (await import('../chat/pins-panel.tsx')).PinsPanel)
const RepliesPanel = later(async () => (await import('../chat/replies-panel.tsx')).RepliesPanel)
const UploadList = later(
  async () => (await import('../files/upload-list.tsx')).UploadList,
  'says-nothing',
)
const FolderView = later(async () => (await import('../files/folder-view.tsx')).FolderView)
const RoomSites = later(async () => (await import('../files/room-sites.tsx')).RoomSites)

/** One room: its conversation, where one writes, and its people or files beside it. */
export function RoomPage(props: {
  readonly chat: ChatClient
  readonly kept: LocalStore
  readonly messages: DraftMessages
  readonly queue: UploadQueue
  readonly person: Person
  readonly roomId: string
  /** The open folder among its files; `null` if they are closed. */
  readonly folder: string | null
  /** The message that the address names; `null` for none. */
  readonly linked: number | null
  readonly onMenu: () => void
}) {
  const texts = useTexts()
  const { chat, roomId } = props
  const rooms = useStore(chat.store, (state) => state.rooms)
  const mine = rooms?.find((each) => each.roomId === roomId)
  const other = useOtherRoom(roomId, rooms !== null && mine === undefined)
  if (mine !== undefined) {
    return <JoinedRoom {...props} room={mine} />
  }
  if (rooms !== null && other.is === 'there') {
    return <OtherRoom {...props} room={other.room} />
  }
  return (
    <main className="empty full">
      <MenuButton onMenu={props.onMenu} />
      {rooms === null || other.is === 'reading' ? (
        <p role="status">{texts.common.loading}</p>
      ) : other.is === 'failed' ? (
        <>
          <ProblemNotice text={failureText(texts, other.failure)} />
          <button type="button" className="button" onClick={other.retry}>
            {texts.common.retry}
          </button>
        </>
      ) : (
        <>
          <p className="empty-title">{texts.app.notFound}</p>
          <p className="empty-hint">{texts.app.notFoundHint}</p>
        </>
      )}
    </main>
  )
}

interface RoomProps {
  readonly chat: ChatClient
  readonly kept: LocalStore
  readonly messages: DraftMessages
  readonly queue: UploadQueue
  readonly person: Person
  readonly room: Room
  readonly folder: string | null
  /** The message that the address names; `null` for none. */
  readonly linked: number | null
  readonly onMenu: () => void
}

/** Where a panel stands over the conversation; app.css says the same. */
const panelCoversWidth = '(max-width: 64rem)'

function roomAddress(roomId: string): string {
  return addressOf({ at: 'room', roomId, folder: null })
}

type Beside = 'nothing' | 'people' | 'pins' | 'replies' | 'files'

function JoinedRoom(props: RoomProps) {
  const { chat, kept, messages, queue, person, room, folder, linked, onMenu } = props
  const texts = useTexts()
  const name = useRoomName(room, person.personId)
  const log = useStore(chat.store, (state) => state.logs.get(room.roomId))
  const textCharactersMax = useStore(chat.store, (state) => state.textCharactersMax)
  const editTime = useStore(chat.store, (state) => state.editTime)
  const { roomId, role } = room
  const me = person.personId
  const rights = useMemo(() => ({ me, role, editTime }), [me, role, editTime])
  const [editing, setEditing] = useState<number | null>(null)
  const editLast = () => {
    const last = log === undefined ? null : lastToEdit(log, rights, Date.now())
    if (last !== null) {
      setEditing(last)
      // It may be open already.
      document.querySelector<HTMLElement>('[data-testid="editor"]')?.focus()
    }
    return last !== null
  }
  const [answered, setAnswered] = useState(() => replyDraft(kept, roomId))
  const answer = useCallback(
    (seq: number | null) => {
      setAnswered(seq)
      keepReplyDraft(kept, roomId, seq)
    },
    [kept, roomId],
  )
  const beginReply = useCallback(
    (seq: number) => {
      answer(seq)
      focusComposer()
    },
    [answer],
  )
  const readQuoted = useCallback((seq: number) => void chat.readQuoted(roomId, seq), [chat, roomId])
  const [opened, setOpened] = useState<Beside>('nothing')
  /** The message whose replies are shown. */
  const [origin, setOrigin] = useState(0)
  const openReplies = useRef<(seq: number) => void>(() => undefined)
  const beside: Beside = folder !== null ? 'files' : opened
  // The files are a place, so that one comes back to them; the other parts are not.
  const setBeside = (part: Beside) => {
    setOpened(part === 'files' ? 'nothing' : part)
    if (part === 'files' || folder !== null) {
      goTo({ at: 'room', roomId, folder: part === 'files' ? '' : null })
    }
  }
  openReplies.current = (seq) => {
    setOrigin(seq)
    setBeside('replies')
  }
  const showReplies = useCallback((seq: number) => openReplies.current(seq), [])
  const toggle = (part: Beside) => setBeside(beside === part ? 'nothing' : part)
  const space: Space = `rooms/${room.roomId}`
  const uploads = useStore(queue.store, (all) => all.some((upload) => upload.space === space))
  const files = useDraftFiles(messages, roomId)
  const [looked, setLooked] = useState<Looked | null>(null)
  const renderFiles: RenderFiles = useCallback(
    (shown, by) => (
      <MessageFiles
        space={space}
        files={shown}
        onLook={(pictures, at) => setLooked({ pictures, at, by, sentAt: by.sentAt })}
      />
    ),
    [space],
  )
  const attach = (added: readonly File[]) => {
    messages.add(roomId, added)
    focusComposer()
  }
  /** Files go with the message; a folder goes into the room's files. */
  const takeDropped = (dropped: readonly Dropped[]) => {
    const isLoose = (each: Dropped) => each.folder === '' && each.file !== null
    const loose = dropped.filter(isLoose).flatMap(({ file }) => (file === null ? [] : [file]))
    const inFolders = dropped.filter((each) => !isLoose(each))
    if (loose.length > 0) {
      attach(loose)
    }
    if (inFolders.length > 0) {
      queue.add(space, '', inFolders)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a message that went, perhaps late, took its answer with it
  useEffect(() => setAnswered(replyDraft(kept, roomId)), [kept, roomId, files.taken])
  const chooseFiles = () =>
    document.querySelector<HTMLElement>('[data-testid="file-input"]')?.click()
  const names = useRoomNames(chat, person, room, roomAddress)
  const messageAddress = useCallback(
    (seq: number) => addressOf({ at: 'room', roomId, folder: null, seq }),
    [roomId],
  )
  return (
    <RoomNamesContext value={names}>
      <main className="room">
        <div className="room-main">
          <RoomHeader
            chat={chat}
            me={person.personId}
            room={room}
            peopleOpen={beside === 'people'}
            onPeople={() => toggle('people')}
            before={<MenuButton onMenu={onMenu} />}
            after={
              <>
                <BesideToggle
                  icon="pin"
                  label={texts.chat.pins}
                  testId="pins-panel-toggle"
                  isOpen={beside === 'pins'}
                  onToggle={() => toggle('pins')}
                />
                <BesideToggle
                  icon="folder"
                  label={texts.files.roomFiles}
                  testId="files-panel-toggle"
                  isOpen={beside === 'files'}
                  onToggle={() => toggle('files')}
                />
              </>
            }
          />
          <DropZone invitation={texts.files.dropHere(name)} onFiles={takeDropped}>
            {log === undefined ? null : (
              <Conversation
                chat={chat}
                me={person}
                room={room}
                log={log}
                renderFiles={renderFiles}
                linked={linked}
                addressOf={messageAddress}
                rights={rights}
                drafts={kept}
                mayPin={!person.guest}
                editing={editing}
                onEditing={setEditing}
                onReply={beginReply}
                onReplies={showReplies}
                onInvite={() => setBeside('people')}
                onFile={chooseFiles}
              />
            )}
            {beside !== 'files' && uploads ? <UploadList queue={queue} space={space} /> : null}
            <ConnectionStatus chat={chat} />
            <Composer
              draft={kept.draft(room.roomId)}
              onDraft={(text) => kept.setDraft(room.roomId, text)}
              label={texts.chat.compose(name)}
              testId="composer"
              replyingTo={
                answered === null ? null : (
                  <ReplyingTo
                    seq={answered}
                    message={log === undefined ? null : messageAt(log, answered)}
                    onMissing={readQuoted}
                    onEnd={() => answer(null)}
                  />
                )
              }
              onEndReply={() => answer(null)}
              textCharactersMax={textCharactersMax}
              onSend={() => messages.send(roomId)}
              onSendAsFile={(text) => messages.sendAsFile(roomId, text)}
              onEditLast={editLast}
              files={{
                ...files,
                shown: files.hasAny ? (
                  <AttachmentStrip messages={messages} roomId={roomId} onEmptied={focusComposer} />
                ) : null,
                onAdd: attach,
                onStopWaiting: () => messages.stopWaiting(roomId),
              }}
              before={
                <UploadButton
                  label={texts.chat.attach}
                  className="button button-icon"
                  testId="file-input"
                  onFiles={takeDropped}
                >
                  <Icon name="attach" />
                </UploadButton>
              }
            />
          </DropZone>
        </div>
        <BesideRoom
          chat={chat}
          queue={queue}
          person={person}
          room={room}
          beside={beside}
          folder={folder ?? ''}
          messageAddress={messageAddress}
          renderFiles={renderFiles}
          kept={kept}
          origin={origin}
          onReplies={showReplies}
          onClose={() => setBeside('nothing')}
        />
        {looked === null ? null : (
          <Lightbox space={space} looked={looked} onClose={() => setLooked(null)} />
        )}
      </main>
    </RoomNamesContext>
  )
}

/** What the place where one writes has to know of the files of its message. */
function useDraftFiles(messages: DraftMessages, roomId: string) {
  useEffect(() => messages.open(roomId), [messages, roomId])
  const draft = (all: ReadonlyMap<string, DraftMessage>) => all.get(roomId) ?? noDraft
  const hasAny = useStore(messages.store, (all) => draft(all).files.length > 0)
  const waits = useStore(messages.store, (all) => draft(all).waits)
  const taken = useStore(messages.store, (all) => draft(all).taken)
  return { hasAny, waits, taken }
}

/** On a phone this raises the keyboard, as it should after one chose what to send. */
function focusComposer(): void {
  document.querySelector<HTMLElement>('[data-testid="composer"]')?.focus()
}

function BesideToggle(props: {
  readonly icon: IconName
  readonly label: string
  readonly testId: string
  readonly isOpen: boolean
  readonly onToggle: () => void
}) {
  return (
    <button
      type="button"
      className="button button-icon"
      aria-expanded={props.isOpen}
      aria-label={props.label}
      title={props.label}
      data-testid={props.testId}
      onClick={props.onToggle}
    >
      <Icon name={props.icon} />
    </button>
  )
}

function BesideRoom(props: {
  readonly chat: ChatClient
  readonly queue: UploadQueue
  readonly person: Person
  readonly room: Room
  readonly beside: Beside
  readonly folder: string
  readonly messageAddress: (seq: number) => string
  readonly renderFiles: RenderFiles
  readonly kept: LocalStore
  /** The message whose replies are shown. */
  readonly origin: number
  readonly onReplies: (seq: number) => void
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const { chat, room } = props
  const name = useRoomName(room, props.person.personId)
  // A file that somebody else dropped shows in the log first; then the folder is read again.
  const lastFileSeq = useStore(
    chat.store,
    (state) =>
      state.logs.get(room.roomId)?.entries.findLast((entry) => entry.kind === 'file')?.seq ?? 0,
  )
  const log = useStore(chat.store, (state) => state.logs.get(room.roomId))
  const closeIfCovering = () => {
    if (matchMedia(panelCoversWidth).matches) {
      props.onClose()
    }
  }
  switch (props.beside) {
    case 'nothing':
      return null
    case 'people':
      return (
        <Panel title={texts.chat.people} onClose={props.onClose}>
          <PeoplePanel
            chat={chat}
            me={props.person}
            room={room}
            onLeft={() => goTo({ at: 'start' })}
          />
        </Panel>
      )
    case 'pins':
      return (
        <Panel title={texts.chat.pins} onClose={props.onClose}>
          <PinsPanel
            key={room.roomId}
            chat={chat}
            roomId={room.roomId}
            mayPin={!props.person.guest}
            renderFiles={props.renderFiles}
            addressOf={props.messageAddress}
            onJump={closeIfCovering}
          />
        </Panel>
      )
    case 'replies':
      return (
        <Panel title={texts.chat.repliesTitle} onClose={props.onClose}>
          {log === undefined ? null : (
            <RepliesPanel
              key={`${room.roomId}/${props.origin}`}
              chat={chat}
              me={props.person}
              roomId={room.roomId}
              log={log}
              seq={props.origin}
              drafts={props.kept}
              renderFiles={props.renderFiles}
              addressOf={props.messageAddress}
              onOpen={props.onReplies}
              onJump={closeIfCovering}
            />
          )}
        </Panel>
      )
    case 'files':
      return (
        <Panel title={texts.files.roomFiles} onClose={props.onClose}>
          <FolderView
            space={`rooms/${room.roomId}`}
            queue={props.queue}
            path={props.folder}
            onPath={(folder) => goTo({ at: 'room', roomId: room.roomId, folder })}
            topName={name}
            emptyHint={texts.files.emptyRoomHint}
            version={lastFileSeq}
            before={
              <RoomSites roomId={room.roomId} personId={props.person.personId} key={room.roomId} />
            }
          />
        </Panel>
      )
  }
}

function OtherRoom({ chat, person, room, onMenu }: RoomProps) {
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
          me={person.personId}
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
