import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react'

export interface RovingFocus<E extends HTMLElement> {
  readonly ref: RefObject<E | null>
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

/**
 * Makes a list one stop for the Tab key: inside of it arrows, Home and End move (WAI-ARIA, roving
 * tabindex). One comes in at the item that had the focus last, or at the current one.
 *
 * @param selector which elements of the list are its items
 */
export function useRovingFocus<E extends HTMLElement>(selector: string): RovingFocus<E> {
  const ref = useRef<E>(null)
  const last = useRef<Element | null>(null)
  const items = () => [...(ref.current?.querySelectorAll<HTMLElement>(selector) ?? [])]

  const settle = () => {
    const all = items()
    const stop =
      all.find((item) => item === last.current) ??
      all.find((item) => item.hasAttribute('aria-current')) ??
      all[0]
    for (const item of all) {
      item.tabIndex = item === stop ? 0 : -1
    }
  }
  // Items come and go with every render of the list; the DOM knows which are there.
  useLayoutEffect(settle)

  const onFocus = ({ target }: FocusEvent) => {
    if (target.matches(selector)) {
      last.current = target
      settle()
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items()
    const at = all.indexOf(event.target as HTMLElement)
    const next = at < 0 ? undefined : all[placeAfter(event.key, at, all.length)]
    if (next !== undefined) {
      event.preventDefault()
      next.focus()
    }
  }
  return { ref, onKeyDown, onFocus }
}

/** -1 for a key that does not move. */
function placeAfter(key: string, at: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1)
    case 'ArrowUp':
      return Math.max(at - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return -1
  }
}
