import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Icon, type IconName } from './icon.tsx'

/**
 * A button that opens a menu (WAI-ARIA, menu button): arrows, Home and End move, a letter goes to the
 * next item that begins with it, Escape and Tab close. The focus comes back to the button.
 */
export function Menu(props: {
  readonly label: string
  readonly className: string
  readonly testId: string
  readonly button: ReactNode
  readonly children: ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const menuId = useId()
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  useEffect(() => {
    if (!isOpen) {
      return
    }
    list.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus()
    const outside = (event: Event) => {
      if (event.target instanceof Node && place.current?.contains(event.target) !== true) {
        setOpen(false)
      }
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [isOpen])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      // Only the menu closes, not what it stands in; and Tab goes on from the button.
      event.stopPropagation()
      event.nativeEvent.stopImmediatePropagation()
      if (event.key === 'Escape') {
        event.preventDefault()
      }
      close()
      return
    }
    const next = itemAfter(event.key, items())
    if (next !== undefined) {
      event.preventDefault()
      next.focus()
    }
  }
  return (
    <div ref={place} className="menu-place">
      <button
        ref={opener}
        type="button"
        className={props.className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        aria-label={props.label}
        title={props.label}
        data-testid={props.testId}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault()
            setOpen(true)
          }
        }}
      >
        {props.button}
      </button>
      {isOpen ? (
        <div
          ref={list}
          id={menuId}
          className="menu"
          role="menu"
          aria-label={props.label}
          tabIndex={-1}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest('[data-closes]') !== null) {
              close()
            }
          }}
        >
          {props.children}
        </div>
      ) : null}
    </div>
  )
}

function itemAfter(key: string, items: readonly HTMLElement[]): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement)
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length]
    case 'ArrowUp':
      return items.at(at <= 0 ? -1 : at - 1)
    case 'Home':
      return items[0]
    case 'End':
      return items.at(-1)
    default: {
      const begins = (item: HTMLElement) =>
        key.length === 1 &&
        (item.textContent ?? '').trim().toLowerCase().startsWith(key.toLowerCase())
      return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins)
    }
  }
}

/** Something that is done when it is chosen. */
export function MenuItem(props: {
  readonly icon: IconName
  readonly testId: string
  readonly disabled?: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      className="menu-item"
      role="menuitem"
      tabIndex={-1}
      data-closes
      data-testid={props.testId}
      disabled={props.disabled}
      onClick={props.onChoose}
    >
      <Icon name={props.icon} />
      <span className="menu-item-text">{props.children}</span>
    </button>
  )
}

/** One of several, of which one is chosen; the menu stays, so that one sees what it does. */
export function MenuChoices<V extends string>(props: {
  readonly title: string
  readonly testId: string
  readonly chosen: V
  readonly choices: readonly { readonly value: V; readonly name: string }[]
  readonly onChoose: (value: V) => void
}) {
  const titleId = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu
    <div role="group" aria-labelledby={titleId} className="menu-group">
      <span id={titleId} className="menu-title">
        {props.title}
      </span>
      {props.choices.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          className="menu-item"
          role="menuitemradio"
          aria-checked={value === props.chosen}
          tabIndex={-1}
          data-testid={`${props.testId}-${value}`}
          onClick={() => props.onChoose(value)}
        >
          <span className="menu-item-mark">
            {value === props.chosen ? <Icon name="check" /> : null}
          </span>
          <span className="menu-item-text">{name}</span>
        </button>
      ))}
    </div>
  )
}
