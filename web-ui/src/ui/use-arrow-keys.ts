import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react'

/** Makes the buttons of a toolbar one stop for the Tab key; arrows, Home and End move in it. */
export function useArrowKeys<E extends HTMLElement>(): {
  readonly ref: RefObject<E | null>
  readonly onKeyDown: (event: KeyboardEvent) => void
} {
  const ref = useRef<E>(null)
  const last = useRef(0)
  const buttons = () => [...(ref.current?.querySelectorAll<HTMLElement>('button') ?? [])]
  useLayoutEffect(() => {
    buttons().forEach((button, at) => {
      button.tabIndex = at === last.current ? 0 : -1
    })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const all = buttons()
    const at = all.indexOf(event.target as HTMLElement)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
    if (at < 0 || next === undefined) {
      return
    }
    event.preventDefault()
    last.current = ((next === -1 ? all.length - 1 : next) + all.length) % all.length
    all.forEach((button, place) => {
      button.tabIndex = place === last.current ? 0 : -1
    })
    all[last.current]?.focus()
  }
  return { ref, onKeyDown }
}
