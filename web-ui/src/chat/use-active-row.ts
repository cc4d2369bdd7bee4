import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useRef,
  useState,
} from 'react'

/** A finger that rests so long on a message asks what can be done with it. */
export const pressMillis = 500
/** A finger that moves further, in pixels, scrolls. */
const pressPixels = 10

/** The messages of a list that show what can be done with them: under the pointer, with the focus, or held. */
export interface ActiveRows {
  readonly isActive: (seq: number) => boolean
  /** The one that the Tab key stops at; `null` for the last one. */
  readonly stop: number | null
  readonly list: {
    readonly onPointerOver: (event: PointerEvent) => void
    readonly onPointerLeave: () => void
    readonly onPointerDown: (event: PointerEvent) => void
    readonly onPointerMove: (event: PointerEvent) => void
    readonly onPointerUp: () => void
    readonly onPointerCancel: () => void
    readonly onClickCapture: (event: MouseEvent) => void
    readonly onFocus: (event: FocusEvent) => void
    readonly onBlur: (event: FocusEvent) => void
    readonly onKeyDown: (event: KeyboardEvent) => void
  }
}

const rowSelector = '.message[data-seq]'

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(rowSelector) : null
}

function seqOf(target: EventTarget): number | null {
  const seq = rowOf(target)?.dataset.seq
  return seq === undefined ? null : Number(seq)
}

/**
 * Which messages show their bar. For the Tab key the messages are one stop: arrows move between them,
 * and Tab goes on into the bar of the one that has the focus.
 */
export function useActiveRows(): ActiveRows {
  const [hovered, setHovered] = useState<number | null>(null)
  const [focused, setFocused] = useState<number | null>(null)
  const [held, setHeld] = useState<number | null>(null)
  const [stop, setStop] = useState<number | null>(null)
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  /** The finger that is down, or was last, showed a bar. */
  const showed = useRef(false)
  const endPress = () => {
    clearTimeout(press.current?.timer)
    press.current = null
  }
  const onPointerDown = (event: PointerEvent) => {
    endPress()
    showed.current = false
    const seq = seqOf(event.target)
    if (event.pointerType === 'mouse') {
      return
    }
    if (!(event.target instanceof Element) || event.target.closest('.message-actions') === null) {
      setHeld(null)
      const timer = setTimeout(() => {
        showed.current = seq !== null
        setHeld(seq)
      }, pressMillis)
      press.current = { timer, x: event.clientX, y: event.clientY }
    }
  }
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    const from = press.current
    if (from !== null && Math.hypot(clientX - from.x, clientY - from.y) > pressPixels) {
      endPress()
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && held !== null) {
      event.preventDefault()
      setHeld(null)
    }
    const row = event.target instanceof HTMLElement && event.target.matches(rowSelector)
    const next = row ? neighbour(event.target as HTMLElement, event.key) : null
    if (next !== null) {
      event.preventDefault()
      next.focus()
    }
  }
  return {
    isActive: (seq) => seq === hovered || seq === focused || seq === held,
    stop,
    list: {
      onPointerOver: (event) => {
        if (event.pointerType === 'mouse') {
          setHovered(seqOf(event.target))
        }
      },
      onPointerLeave: () => {
        endPress()
        setHovered(null)
      },
      onPointerDown,
      onPointerMove,
      onPointerUp: endPress,
      onPointerCancel: endPress,
      // The bar may appear under the finger, which must not press what it did not see.
      onClickCapture: (event) => {
        if (showed.current) {
          showed.current = false
          event.preventDefault()
          event.stopPropagation()
        }
      },
      onFocus: (event) => {
        const seq = seqOf(event.target)
        setFocused(seq)
        setStop(seq)
      },
      // On the way from a message into its own bar the bar must not go away.
      onBlur: ({ target, relatedTarget }) => {
        if (relatedTarget === null || seqOf(relatedTarget) !== seqOf(target)) {
          setFocused(null)
        }
      },
      onKeyDown,
    },
  }
}

function neighbour(row: HTMLElement, key: string): HTMLElement | null {
  if (key !== 'ArrowUp' && key !== 'ArrowDown') {
    return null
  }
  let next: Element | null = row
  do {
    next = key === 'ArrowUp' ? next.previousElementSibling : next.nextElementSibling
  } while (next !== null && !next.matches(rowSelector))
  return next instanceof HTMLElement ? next : null
}
