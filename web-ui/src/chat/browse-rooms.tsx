import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import { findRooms, type Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { RoomSearch, type RoomSearchState } from './room-search.ts'
import './browse-rooms.css'

/** The longest name of a room, in characters; more is not looked for. */
const nameMax = 64

/** Public rooms, and private ones that I am in: found by name as one types, and opened. */
export function BrowseRoomsDialog(props: {
  readonly chat: ChatClient
  readonly onOpen: (roomId: string) => void
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const [search] = useState(() => new RoomSearch(findRooms))
  const found = useStore(search.store, (state) => state)
  const mine = useStore(props.chat.store, (state) => state.rooms)
  const rooms = useMemo(
    () => [...ownPrivateRooms(mine, found.typed), ...found.rooms],
    [mine, found],
  )
  // Of another question, or of a longer list, the same place is another room.
  const [active, setActive] = useState<{ typed: string; at: number }>({ typed: '', at: 0 })
  const at = active.typed === found.typed ? Math.min(active.at, rooms.length - 1) : 0
  const listId = useId()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    search.start()
    return () => search.stop()
  }, [search])
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const moveTo = (to: number) => {
    setActive({ typed: found.typed, at: Math.max(0, Math.min(to, rooms.length - 1)) })
    if (to >= rooms.length) {
      search.more()
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is open, its keys are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return
    }
    const room = rooms[at]
    if (event.key === 'ArrowDown') {
      moveTo(at + 1)
    } else if (event.key === 'ArrowUp') {
      moveTo(at - 1)
    } else if (event.key === 'Enter' && found.foundFor !== found.typed) {
      // What is shown is the answer to another question: ask now, and open nothing yet.
      search.start()
    } else if (event.key === 'Enter' && room !== undefined) {
      props.onOpen(room.roomId)
    } else {
      return
    }
    event.preventDefault()
  }
  return (
    <Dialog title={texts.chat.browseRooms} onClose={props.onClose}>
      <input
        className="field-input"
        type="text"
        role="combobox"
        aria-label={texts.chat.roomToFind}
        aria-expanded={rooms.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={rooms.length > 0 ? `${listId}-${at}` : undefined}
        placeholder={texts.chat.roomToFind}
        maxLength={nameMax}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="auto"
        value={found.typed}
        onChange={(event) => search.type(event.target.value)}
        onKeyDown={onKeyDown}
        data-testid="browse-input"
      />
      <p className="browse-said" role="status">
        {said(texts, found, rooms.length)}
      </p>
      <ProblemNotice text={failureText(texts, found.failure)} />
      {found.status === 'failed' ? (
        <button type="button" className="button" onClick={() => search.retry()}>
          {texts.common.retry}
        </button>
      ) : null}
      <ul
        className="browse-rooms"
        id={listId}
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the list of a combobox
        role="listbox"
        aria-label={texts.chat.rooms}
        aria-busy={found.status === 'searching'}
      >
        {rooms.map((room, place) => (
          <FoundRoom
            key={room.roomId}
            id={`${listId}-${place}`}
            room={room}
            active={place === at}
            onOpen={() => props.onOpen(room.roomId)}
          />
        ))}
      </ul>
      {found.next !== null && found.status !== 'failed' ? (
        <button
          type="button"
          className="button"
          disabled={found.status === 'searching'}
          onClick={() => search.more()}
          data-testid="browse-more"
        >
          {texts.common.more}
        </button>
      ) : null}
    </Dialog>
  )
}

function FoundRoom(props: {
  readonly id: string
  readonly room: Room
  readonly active: boolean
  readonly onOpen: () => void
}) {
  const texts = useTexts()
  const { room } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox
    <li
      className="browse-room"
      id={props.id}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: an option of a combobox
      role="option"
      aria-selected={props.active}
      onClick={props.onOpen}
      data-testid={`found-${room.name}`}
    >
      <Icon name={room.visibility === 'private' ? 'lock' : 'hash'} />
      <span className="browse-room-what">
        <bdi className="browse-room-name">{room.name}</bdi>
        {room.topic === '' ? null : (
          <span className="browse-room-topic" dir="auto">
            {room.topic}
          </span>
        )}
      </span>
      {room.member ? (
        <span className="tag">{texts.chat.joinedRoom}</span>
      ) : (
        <span className="browse-room-members">{texts.chat.members(room.memberCount)}</span>
      )}
    </li>
  )
}

function said(
  texts: ReturnType<typeof useTexts>,
  { status, next }: RoomSearchState,
  count: number,
): string {
  switch (status) {
    case 'searching':
      return texts.chat.searching
    case 'failed':
      return ''
    case 'found':
      return texts.chat.roomsFound(count, next !== null)
  }
}

/** Nobody else finds these, so the server's search does not. */
function ownPrivateRooms(mine: readonly Room[] | null, typed: string): readonly Room[] {
  const wanted = folded(typed)
  return wanted === ''
    ? []
    : (mine ?? []).filter(
        (room) => room.visibility === 'private' && folded(room.name).includes(wanted),
      )
}

/** Blanks, dots, lines and capitals make no difference. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s._-]+/)
    .filter((part) => part !== '')
    .join('-')
}
