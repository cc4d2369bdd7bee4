import { type ReactNode, useContext, useState } from 'react'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { useTexts } from '../ui/language.ts'
import { createStore, useStore } from '../ui/store.ts'
import type { Emoji } from './emoji-search.ts'
import { emojiTable } from './emoji-table.ts'
import { type RoomNames, RoomNamesContext } from './room-names.ts'

/** A piece of what is written, and what takes its place. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly by: string
}

/** Something that may stand for what was begun. */
export interface Option {
  readonly id: string
  /** What is written for it, with the blank behind it. */
  readonly by: string
  readonly content: ReactNode
}

/** What can stand for the text from a place to the caret. */
export interface Offer {
  readonly from: number
  readonly title: string
  readonly options: readonly Option[]
}

/** What is known of what may be offered. */
export interface Known {
  readonly emoji: readonly Emoji[]
  readonly names: RoomNames
  readonly texts: Catalogue
}

/** What helps to write one kind of thing, such as emoji. */
export interface Completer {
  /** `null` if what stands before the caret asks for nothing of it. */
  readonly offer: (text: string, caret: number, known: Known) => Offer | null
  /** What stands at once for what was just closed, such as `:tada:`; `null` for nothing. */
  readonly closed: (text: string, caret: number, known: Known) => Replacement | null
  /** Fetches what is not known, if the text asks for it. */
  readonly ask: (text: string, caret: number, known: Known) => void
}

const completers = createStore<readonly Completer[]>([])
let reading: Promise<void> | null = null

/** Fetches what helps to write; without a line, the next one who writes asks again. */
export function readCompleters(): Promise<void> {
  reading ??= import('./completers.tsx').then(
    ({ all }) => completers.set(all),
    () => {
      reading = null
    },
  )
  return reading
}

export interface Completion {
  readonly title: string
  readonly offered: readonly Option[]
  readonly at: number
  readonly choose: (option: Option) => void
  /** Told of every change that somebody typed, and of every move of the caret. */
  readonly typed: (text: string, caret: number) => void
  readonly close: () => void
  /** Was the key for the list? */
  readonly takesKey: (key: string) => boolean
}

/** Offers what may stand for what was begun; `replace` puts the chosen one into the text. */
export function useCompletion(replace: (piece: Replacement) => void): Completion {
  const known = {
    emoji: useStore(emojiTable, (value) => value),
    names: useContext(RoomNamesContext),
    texts: useTexts(),
  }
  const all = useStore(completers, (value) => value)
  const [caret, setCaret] = useState<{ readonly text: string; readonly at: number } | null>(null)
  const [chosen, setChosen] = useState(0)
  const offer =
    caret === null ? null : firstOf(all, (each) => each.offer(caret.text, caret.at, known))
  const offered = offer?.options ?? []
  const at = Math.min(chosen, offered.length - 1)
  const choose = ({ by }: Option) => {
    if (offer !== null && caret !== null) {
      setCaret(null)
      replace({ from: offer.from, to: caret.at, by })
    }
  }
  const typed = (text: string, place: number) => {
    const closed = firstOf(all, (each) => each.closed(text, place, known))
    if (closed !== null) {
      setCaret(null)
      replace(closed)
      return
    }
    for (const each of all) {
      each.ask(text, place, known)
    }
    setChosen(0)
    setCaret({ text, at: place })
  }
  const takesKey = (key: string) => {
    const option = offered[at]
    if (option === undefined) {
      return false
    }
    switch (key) {
      case 'ArrowDown':
        setChosen((at + 1) % offered.length)
        return true
      case 'ArrowUp':
        setChosen((at + offered.length - 1) % offered.length)
        return true
      case 'Enter':
      case 'Tab':
        choose(option)
        return true
      case 'Escape':
        setCaret(null)
        return true
      default:
        return false
    }
  }
  const close = () => setCaret(null)
  return { title: offer?.title ?? '', offered, at, choose, typed, close, takesKey }
}

function firstOf<T>(all: readonly Completer[], find: (completer: Completer) => T | null): T | null {
  for (const each of all) {
    const found = find(each)
    if (found !== null) {
      return found
    }
  }
  return null
}
