import { type ReactNode, useLayoutEffect, useRef } from 'react'

/** A rectangle of the window, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** So far from the edges of the window, and from what it belongs to, in pixels. */
const edge = 8
const gap = 4

/** The side of its anchor with which something is flush. */
export type Flush = 'left' | 'right'

/** Where something of this size stands: below its anchor or above it, and always in the window. */
export function placeBeside(
  anchor: Box,
  size: Size,
  window: Size,
  flush: Flush = 'right',
): { x: number; y: number } {
  const xMax = Math.max(edge, window.width - size.width - edge)
  const yMax = Math.max(edge, window.height - size.height - edge)
  const below = anchor.bottom + gap
  const above = anchor.top - gap - size.height
  const x = flush === 'left' ? anchor.left : anchor.right - size.width
  return {
    x: Math.min(Math.max(edge, x), xMax),
    y: below <= yMax ? below : above >= edge ? above : yMax,
  }
}

/**
 * Something to choose from, beside what asked for it; at the lower edge where the screen is narrow. It
 * is modal: the browser keeps the focus inside and gives it back. Escape and a press outside close it.
 */
export function Popover(props: {
  readonly label: string
  readonly anchor: Box
  readonly testId: string
  /** Of another size than others. */
  readonly className?: string
  readonly flush?: Flush
  readonly onClose: () => void
  /** What is in it, and how that closes it. */
  readonly children: (close: () => void) => ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const anchor = useRef(props.anchor)
  const flush = useRef(props.flush)
  useLayoutEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    const size = element?.getBoundingClientRect() ?? { width: 0, height: 0 }
    const windowSize = { width: window.innerWidth, height: window.innerHeight }
    const place = placeBeside(anchor.current, size, windowSize, flush.current)
    element?.style.setProperty('--x', `${place.x}px`)
    element?.style.setProperty('--y', `${place.y}px`)
    return () => {
      element?.close()
      if (document.activeElement === document.body && before instanceof HTMLElement) {
        before.focus({ preventScroll: true })
      }
    }
  }, [])
  // Before the view changes: of a focus that comes back while it does, React tells nobody.
  const close = () => {
    dialog.current?.close()
    props.onClose()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key that closes it
    <dialog
      ref={dialog}
      className={`popover ${props.className ?? ''}`}
      aria-label={props.label}
      data-testid={props.testId}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        // What is outside counts as the dialog itself.
        if (event.target === event.currentTarget) {
          close()
        }
      }}
    >
      <div className="popover-body">{props.children(close)}</div>
    </dialog>
  )
}
