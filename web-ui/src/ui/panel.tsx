import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import { useTexts } from './language.ts'

/**
 * Something beside the conversation; over it where the screen is narrow. Escape in it closes it, and
 * the focus goes back to where it was.
 */
export function Panel(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const texts = useTexts()
  const titleId = useId()
  const place = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const panel = place.current
    const before = document.activeElement
    return () => {
      // Before the panel leaves the page: afterwards nobody knows that it had the focus.
      if (panel?.contains(document.activeElement) && before instanceof HTMLElement) {
        before.focus({ preventScroll: true })
      }
    }
  }, [])
  return (
    <aside
      ref={place}
      className="panel"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        const isTyped = event.nativeEvent.isComposing || event.keyCode === 229
        const isTaken = event.defaultPrevented || document.querySelector('dialog[open]') !== null
        if (event.key === 'Escape' && !(isTyped || isTaken)) {
          event.preventDefault()
          props.onClose()
        }
      }}
    >
      <div className="panel-head">
        <h2 className="panel-title" id={titleId}>
          {props.title}
        </h2>
        <button
          type="button"
          className="button button-icon"
          aria-label={texts.common.close}
          onClick={props.onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="panel-body">{props.children}</div>
    </aside>
  )
}
