import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { fuzzyFind } from '../ui/fuzzy.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import type { Room } from '../wire/rooms.ts'
import { goTo } from './place.ts'

/** Somewhere to go. */
interface Target {
  readonly id: string
  readonly icon: IconName
  readonly name: string
  readonly go: () => void
}

/** Targets that are shown at once. */
export const switcherTargetsMax = 50

function targetsOf(rooms: readonly Room[]): readonly Target[] {
  return rooms.map((room) => ({
    id: room.roomId,
    icon: room.visibility === 'private' ? 'lock' : 'hash',
    name: room.name,
    go: () => goTo({ at: 'room', roomId: room.roomId, folder: null }),
  }))
}

/** Goes to a room by a few letters of its name. */
export function Switcher(props: { readonly rooms: readonly Room[]; readonly onClose: () => void }) {
  const texts = useTexts()
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = fuzzyFind(targetsOf(props.rooms), typed, ({ name }) => name).slice(
    0,
    switcherTargetsMax,
  )
  const at = Math.min(chosen, found.length - 1)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' })
  }, [at])
  const go = (target: Target | undefined) => {
    if (target !== undefined) {
      props.onClose()
      target.go()
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return
    }
    if (event.key === 'ArrowDown') {
      setChosen((at + 1) % Math.max(1, found.length))
    } else if (event.key === 'ArrowUp') {
      setChosen((at + found.length - 1) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      go(found[at])
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
        {texts.chat.roomsFound(found.length, false)}
      </p>
      <div
        ref={list}
        id={listId}
        className="switcher-list"
        role="listbox"
        aria-label={texts.chat.rooms}
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
            <Icon name={target.icon} />
            <span className="room-item-name" dir="auto">
              {target.name}
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className="field-hint">{texts.chat.roomsFound(0, false)}</p> : null}
    </Dialog>
  )
}
