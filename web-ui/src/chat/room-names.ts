import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from '../ui/store.ts'
import type { Mentions, Person, PersonRef, ShownEntry } from '../wire/frames.ts'
import { nameKey, shownName } from '../wire/names.ts'
import { listMembers, type Room } from '../wire/rooms.ts'
import { cards } from './cards.ts'
import type { ChatClient } from './chat-client.ts'
import { nobody } from './chat-state.ts'
import type { ShownMention, TextNames } from './markdown-names.ts'
import { reaches } from './mentions.ts'
import { namesBehindHash, publicRooms, seekRooms } from './public-room-names.ts'

/** Whom and what a text in a room may name, as far as the page knows it. */
export interface RoomNames {
  readonly me: string
  /** By id: members, who wrote here, and others whose cards the page knows. */
  readonly people: ReadonlyMap<string, PersonRef>
  /** Addresses of rooms, by the key of their name. */
  readonly rooms: ReadonlyMap<string, string>
  /** Everybody in the room; `null` before that was read. */
  readonly members: readonly Person[] | null
  /** Reads the members, if nobody did. */
  readonly askMembers: () => void
  /** The ids of who wrote here, the latest first. */
  readonly writers: () => readonly string[]
  /** Who is told by `@room` and `@here`, if I may write it. */
  readonly mayCall: { readonly room: boolean; readonly here: boolean }
}

/** With more people present, `@here` calls nobody. */
export const presentCalledMax = 100

const nothing: RoomNames = {
  me: '',
  people: new Map(),
  rooms: new Map(),
  members: [],
  askMembers: () => undefined,
  writers: () => [],
  mayCall: { room: false, here: false },
}

export const RoomNamesContext = createContext(nothing)

/** The names of one room that somebody looks at. The value is the same as long as it says the same. */
export function useRoomNames(
  chat: ChatClient,
  me: Person,
  room: Room,
  addressOf: (roomId: string) => string,
): RoomNames {
  const { roomId } = room
  const entries = useStore(chat.store, (state) => state.logs.get(roomId)?.entries)
  const here = useStore(chat.store, (state) => state.here.get(roomId)) ?? nobody
  const mine = useStore(chat.store, (state) => state.rooms)
  const [members, askMembers] = useMembers(room, changedAtOf(entries ?? []))
  const known = useStore(cards, (all) => all)
  const people = usePeople([[...known.values()], members ?? [], here.people, entries ?? []])
  const others = useStore(publicRooms, (value) => value)
  const rooms = useMemo(() => {
    const named = (mine ?? [])
      .filter(({ kind }) => kind === 'room')
      .map((each) => [nameKey(each.name), each.roomId] as const)
    return new Map([...others, ...named].map(([key, id]) => [key, addressOf(id)]))
  }, [mine, others, addressOf])
  const { personId, guest } = me
  const isOwner = room.role === 'owner'
  const callsHere = !guest && here.count <= presentCalledMax
  return useMemo(() => {
    const writers = () => {
      const found = chat.store.get().logs.get(roomId)?.entries ?? []
      return [...new Set(found.map((entry) => entry.personId).reverse())]
    }
    const mayCall = { room: isOwner, here: callsHere }
    return { me: personId, people, rooms, members, askMembers, writers, mayCall }
  }, [chat, roomId, personId, isOwner, callsHere, people, rooms, members, askMembers])
}

/** Where somebody joined or left last. */
function changedAtOf(entries: readonly ShownEntry[]): number {
  return entries.findLast(({ kind }) => kind === 'joined' || kind === 'left')?.seq ?? 0
}

/** The members once somebody asked for them, and again after each coming and going. */
function useMembers(room: Room, changedAt: number) {
  const { roomId } = room
  const [members, setMembers] = useState<readonly Person[] | null>(null)
  const [asked, setAsked] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change asks again
  useEffect(() => {
    let wanted = asked
    if (asked) {
      listMembers(roomId).then(
        (list) => wanted && setMembers(list),
        // Without a line, the next one who wants a name asks again.
        () => wanted && setAsked(false),
      )
    }
    return () => {
      wanted = false
    }
  }, [roomId, asked, changedAt])
  const ask = useCallback(() => setAsked(true), [])
  return [members, ask] as const
}

/**
 * All of these people by id, as the first source names them; the same map as before if nobody is new
 * or called something else.
 */
function usePeople(sources: readonly (readonly PersonRef[])[]): ReadonlyMap<string, PersonRef> {
  const known = useRef<ReadonlyMap<string, PersonRef>>(new Map())
  const now = new Map<string, PersonRef>()
  for (const person of sources.flat()) {
    if (!now.has(person.personId)) {
      now.set(person.personId, person)
    }
  }
  const news = [...now].filter(([id, person]) => {
    const before = known.current.get(id)
    return before?.name !== person.name || before.displayName !== person.displayName
  })
  if (news.length > 0) {
    known.current = new Map([...known.current, ...news])
  }
  return known.current
}

/** What the names of one text mean; `null` if there is none to look for. */
export function useTextNames(
  text: string,
  mentions: Mentions | undefined,
  author: string | undefined,
): TextNames | null {
  const names = useContext(RoomNamesContext)
  const { people, rooms, me, askMembers } = names
  const unknown = mentions?.people.some((id) => !people.has(id)) ?? false
  useEffect(() => {
    if (unknown) {
      askMembers()
    }
  }, [unknown, askMembers])
  const hashed = useMemo(() => (text.includes('#') ? namesBehindHash(text) : []), [text])
  useEffect(() => {
    if (rooms.size > 0) {
      seekRooms(hashed.filter((name) => !rooms.has(nameKey(name))))
    }
  }, [hashed, rooms])
  return useMemo(
    () =>
      mentions === undefined && !text.includes('#')
        ? null
        : { mentions: shownMentions(mentions, people, me, author), rooms },
    [text, mentions, author, people, rooms, me],
  )
}

/** What stands for each name that a message mentions, by the key of the name. */
export function shownMentions(
  mentions: Mentions | undefined,
  people: ReadonlyMap<string, PersonRef>,
  me: string,
  author: string | undefined,
): ReadonlyMap<string, ShownMention> {
  const shown = new Map<string, ShownMention>()
  for (const personId of mentions?.people ?? []) {
    const person = people.get(personId)
    if (person !== undefined) {
      const called = shownName(person)
      const name = called === person.name ? null : person.name
      shown.set(nameKey(person.name), { shown: called, name, personId, me: personId === me })
    }
  }
  const reachesMe = author !== me && reaches(mentions, me)
  for (const call of ['room', 'here'] as const) {
    if (mentions?.[call]) {
      shown.set(call, { shown: call, name: null, me: reachesMe })
    }
  }
  return shown
}
