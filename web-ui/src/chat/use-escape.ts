import { useEffect, useRef } from 'react'

/** What Escape closes by itself, and fields in which it means something else. */
const open = 'dialog[open], [role="menu"], .side-open'
const otherFields = 'input, select'

/** Runs on Escape where nothing is open that it would close, and no input method composes. */
export function useEscape(run: () => void): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyped = event.isComposing || event.keyCode === 229
      const isTaken = event.defaultPrevented || document.querySelector(open) !== null
      const isField = event.target instanceof Element && event.target.matches(otherFields)
      if (event.key === 'Escape' && !(isTyped || isTaken || isField)) {
        latest.current()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
