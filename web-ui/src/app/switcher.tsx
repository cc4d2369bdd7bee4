import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { cards } from '../chat/cards.ts'
import type { ChatClient } from '../chat/chat-client.ts'
import { peopleNames } from '../chat/people-names.ts'
import { Faces, othersIn } from '../chat/person.tsx'
import { useEnter, usePeopleSearch } from '../chat/use-people-search.ts'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { fuzzyFind, fuzzyScore } from '../ui/fuzzy.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import type { Card, PersonRef } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import type { Room } from '../wire/rooms.ts'
import { openDirect } from '../wire/rooms.ts'
import { goTo } from './place.ts'

/** Somewhere to go. */
interface Target {
  readonly id: string
  readonly name: string
  /** A room that there is; with a person, one is opened. */
  readonly roomId: string | null
  readonly icon: IconName | null
  readonly people: readonly PersonRef[]
}

/** Targets that are shown at once. */
export const switcherTargetsMax = 50

function targetsOf(
  texts: Catalogue,
  rooms: readonly Room[],
  me: string,
  known: ReadonlyMap<string, Card>,
): readonly Target[] {
  return rooms.map((room) => {
    const people = othersIn(room, me)
    const now = people?.map((person) => known.get(person.personId) ?? person)
    return {
      id: room.roomId,
      roomId: room.roomId,
      icon: people !== null ? null : room.visibility === 'private' ? 'lock' : 'hash',
      name: now === undefined ? room.name : peopleNames(texts, now),
      people: people ?? [],
    }
  })
}

/** People with whom there is no conversation yet. */
function newTargets(found: readonly Card[], targets: readonly Target[]): readonly Target[] {
  const talkedTo = new Set(
    targets.flatMap(({ people }) =>
      people.length === 1 ? people.map((each) => each.personId) : [],
    ),
  )
  return found
    .filter(({ personId }) => !talkedTo.has(personId))
    .map((person) => ({
      id: person.personId,
      roomId: null,
      icon: null,
      name: shownName(person),
      people: [person],
    }))
}

/** Goes to a room, or to a conversation with somebody, by a few letters of its name. */
export function Switcher(props: {
  readonly chat: ChatClient
  readonly me: string
  readonly rooms: readonly Room[]
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const task = useTask()
  const known = useStore(cards, (all) => all)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const search = usePeopleSearch(typed, props.me)
  const targets = targetsOf(texts, props.rooms, props.me, known)
  const found = [
    ...fuzzyFind(targets, typed, ({ name }) => name),
    ...newTargets(search.found, targets).filter(
      // Found for what was typed before: until the answer comes, those that may still fit.
      ({ name, people }) =>
        !search.searching ||
        [name, ...people.map((each) => each.name)].some((each) => fuzzyScore(each, typed) !== null),
    ),
  ].slice(0, switcherTargetsMax)
  const at = Math.min(chosen, found.length - 1)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' })
  }, [at])
  const go = (target: Target | undefined) => {
    if (target !== undefined) {
      void task.run(async () => {
        const roomId = target.roomId ?? (await opened(target, props.chat))
        props.onClose()
        goTo({ at: 'room', roomId, folder: null })
      })
    }
  }
  // What is in the list already needs no answer of the server.
  const waits = { ...search, searching: search.searching && found.length === 0 }
  const enterFound = useEnter(waits, typed, () => go(found[at]))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return
    }
    if (event.key === 'ArrowDown') {
      setChosen((at + 1) % Math.max(1, found.length))
    } else if (event.key === 'ArrowUp') {
      setChosen((at + found.length - 1) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      enterFound()
    } else {
      return
    }
    event.preventDefault()
  }
  return (
    <Dialog title={texts.keys.switch} onClose={props.onClose}>
      <input
        className="field-input"
        type="text"
        role="combobox"
        aria-label={texts.keys.switchTo}
        placeholder={texts.keys.switchTo}
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
        data-testid="switcher"
      />
      <p className="sr-only" role="status">
        {texts.keys.found(found.length)}
      </p>
      <div
        ref={list}
        id={listId}
        className="switcher-list"
        role="listbox"
        aria-label={texts.keys.switch}
      >
        {found.map((target, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys come to the field, which names the active option
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          <div
            key={target.id}
            id={`${listId}-${place}`}
            className="room-item"
            role="option"
            aria-selected={place === at}
            aria-current={place === at ? 'page' : undefined}
            onClick={() => go(target)}
          >
            {target.icon === null ? <Faces people={target.people} /> : <Icon name={target.icon} />}
            <span className="room-item-name" dir="auto">
              {target.name}
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className="field-hint">
          {search.searching ? texts.people.searching : texts.keys.found(0)}
        </p>
      ) : null}
      <ProblemNotice text={failureText(texts, task.failure)} />
    </Dialog>
  )
}

/** A conversation with this person, which is in my list then. */
async function opened({ people }: Target, chat: ChatClient): Promise<string> {
  const room = await openDirect(people.map(({ personId }) => personId))
  await chat.refreshRooms()
  return room.roomId
}
