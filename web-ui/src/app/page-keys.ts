import { useEffect, useRef } from 'react'

/** A key of the whole page: one list binds it and explains it. */
export interface PageKey {
  readonly id: 'switch' | 'write' | 'previous' | 'next' | 'help'
  readonly shown: readonly string[]
  readonly matches: (event: KeyboardEvent) => boolean
}

function alone(event: KeyboardEvent): boolean {
  return !(event.ctrlKey || event.metaKey || event.shiftKey)
}

export const pageKeys: readonly PageKey[] = [
  {
    id: 'switch',
    shown: ['Ctrl', 'K'],
    matches: (event) =>
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      !event.shiftKey &&
      event.key.toLowerCase() === 'k',
  },
  {
    id: 'write',
    shown: ['N'],
    matches: (event) =>
      event.key.toLowerCase() === 'n' && !event.altKey && alone(event) && !writes(event.target),
  },
  {
    id: 'previous',
    shown: ['Alt', '↑'],
    matches: (event) => event.altKey && alone(event) && event.key === 'ArrowUp',
  },
  {
    id: 'next',
    shown: ['Alt', '↓'],
    matches: (event) => event.altKey && alone(event) && event.key === 'ArrowDown',
  },
  {
    id: 'help',
    shown: ['?'],
    matches: (event) =>
      event.key === '?' && !event.ctrlKey && !event.altKey && !writes(event.target),
  },
]

/** Keys that the parts of the page bind themselves. */
export const writtenKeys = [
  { id: 'send', shown: ['Enter'] },
  { id: 'newline', shown: ['Shift', 'Enter'] },
  { id: 'bold', shown: ['Ctrl', 'B'] },
  { id: 'italic', shown: ['Ctrl', 'I'] },
  { id: 'code', shown: ['Ctrl', 'E'] },
  { id: 'emoji', shown: [':'] },
  { id: 'edit', shown: ['↑'] },
  { id: 'messages', shown: ['↑', '↓'] },
  { id: 'reply', shown: ['R'] },
  { id: 'react', shown: ['+'] },
  { id: 'close', shown: ['Esc'] },
  { id: 'read', shown: ['Esc'] },
] as const

function writes(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]')
}

/** Does what the page's keys say, but not while an input method composes or a dialog is open. */
export function usePageKeys(act: (id: PageKey['id']) => void): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || document.querySelector('dialog[open]')) {
        return
      }
      const key = pageKeys.find(({ matches }) => matches(event))
      if (key !== undefined) {
        event.preventDefault()
        latest.current(key.id)
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** The room before or behind one in a list, which goes round; the first one from anywhere else. */
export function neighbourRoom<R extends { readonly roomId: string }>(
  rooms: readonly R[],
  roomId: string | null,
  by: 1 | -1,
): R | undefined {
  const at = rooms.findIndex((room) => room.roomId === roomId)
  return at < 0 ? rooms[0] : rooms[(at + by + rooms.length) % rooms.length]
}
