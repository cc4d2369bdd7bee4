import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { PersonName } from '../ui/person-name.tsx'
import { useTask } from '../ui/use-task.ts'
import type { Card } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import { openDirect } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { PersonAvatar } from './person.tsx'
import { useEnter, usePeopleSearch } from './use-people-search.ts'
import './new-message-dialog.css'

/** People in one conversation besides me. */
export const directOthersMax = 7

/** Opens a direct conversation with one person, or with several. */
export function NewMessageDialog(props: {
  readonly chat: ChatClient
  readonly me: string
  readonly onOpen: (roomId: string) => void
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const listId = useId()
  const hintId = useId()
  const task = useTask()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<readonly Card[]>([])
  const [place, setPlace] = useState(0)
  const search = usePeopleSearch(typed, props.me)
  const found = search.found.filter(
    ({ personId }) => !chosen.some((each) => each.personId === personId),
  )
  const at = Math.min(place, found.length - 1)
  const current = search.searching ? undefined : found[at]
  const full = chosen.length >= directOthersMax
  const open = (people: readonly Card[]) => {
    if (people.length === 0) {
      return
    }
    void task.run(async () => {
      const room = await openDirect(people.map(({ personId }) => personId))
      await props.chat.refreshRooms()
      props.onClose()
      props.onOpen(room.roomId)
    })
  }
  const add = (person: Card | undefined) => {
    if (person !== undefined && !full) {
      setChosen([...chosen, person])
      setTyped('')
      setPlace(0)
    }
    field.current?.focus()
  }
  const remove = (personId: string) => {
    setChosen(chosen.filter((each) => each.personId !== personId))
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return
    }
    const step = { ArrowDown: 1, ArrowUp: found.length - 1 }[event.key]
    if (step !== undefined) {
      setPlace((at + step) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      enterFound()
    } else if (commas.includes(event.key)) {
      addFound()
    } else if (event.key === 'Backspace' && typed === '' && chosen.length > 0) {
      setChosen(chosen.slice(0, -1))
    } else {
      return
    }
    event.preventDefault()
  }
  const enter = () => {
    if (typed.trim() === '') {
      open(chosen)
    } else if (current !== undefined && !full) {
      open([...chosen, current])
    }
  }
  const enterFound = useEnter(search, typed, enter)
  const addFound = useEnter(search, typed, () => add(current))
  return (
    <Dialog title={texts.chat.newMessage} onClose={props.onClose}>
      <div className="recipients">
        <ul className="recipients-chosen" aria-label={texts.people.to}>
          {chosen.map((person) => (
            <li key={person.personId}>
              <button
                type="button"
                className="recipient"
                aria-label={texts.people.removePerson(shownName(person))}
                title={texts.people.removePerson(shownName(person))}
                onClick={() => remove(person.personId)}
              >
                <bdi>{shownName(person)}</bdi>
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
        <input
          ref={field}
          className="field-input"
          type="text"
          role="combobox"
          aria-label={texts.people.findSomebody}
          aria-describedby={hintId}
          placeholder={texts.people.findSomebody}
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          value={typed}
          data-testid="new-message-person"
          onChange={(event) => {
            setTyped(event.target.value)
            setPlace(0)
          }}
          onKeyDown={onKeyDown}
        />
        <p className="field-hint" id={hintId}>
          {full ? texts.people.tooMany : texts.people.directHint}
        </p>
      </div>
      <p className="sr-only" role="status">
        {typed.trim() === '' || search.searching ? '' : texts.people.found(found.length)}
      </p>
      <div id={listId} className="recipients-found" role="listbox" aria-label={texts.chat.people}>
        {found.map((person, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys come to the field, which names the active option
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          <div
            key={person.personId}
            id={`${listId}-${index}`}
            className="room-item"
            role="option"
            aria-selected={index === at}
            aria-current={index === at ? 'page' : undefined}
            data-testid="found-person"
            onClick={() => add(person)}
          >
            <PersonAvatar person={person} size="small" />
            <span className="room-item-name">
              <PersonName {...person} />
            </span>
            {person.guest ? <span className="tag">{texts.session.guest}</span> : null}
          </div>
        ))}
      </div>
      {found.length === 0 && search.failure === null ? (
        <p className="empty-hint" aria-hidden="true">
          {typed.trim() === ''
            ? texts.people.typeName
            : search.searching
              ? texts.people.searching
              : texts.people.found(0)}
        </p>
      ) : null}
      <ProblemNotice text={failureText(texts, task.failure ?? search.failure)} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={props.onClose}>
          {texts.common.cancel}
        </button>
        <button
          type="button"
          className="button button-main"
          disabled={task.busy || chosen.length === 0}
          data-testid="new-message-open"
          onClick={() => open(chosen)}
        >
          {texts.people.open}
        </button>
      </div>
    </Dialog>
  )
}

/** Each adds the person under the mark; names have none of them. */
const commas: readonly string[] = [',', '，', '、', ';', '；']
