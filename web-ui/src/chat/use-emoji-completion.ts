import { useState } from 'react'
import { useStore } from '../ui/store.ts'
import { closedEmoji, type Emoji, emojiQuery, findEmoji } from './emoji-search.ts'
import { askForEmoji, emojiTable } from './emoji-table.ts'

/** A piece of what is written, and what takes its place. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly by: string
}

export interface EmojiCompletion {
  readonly offered: readonly Emoji[]
  readonly at: number
  readonly choose: (emoji: Emoji) => void
  /** Told of every change that somebody typed, and of every move of the caret. */
  readonly typed: (text: string, caret: number) => void
  readonly close: () => void
  /** Was the key for the list of emoji? */
  readonly takesKey: (key: string) => boolean
}

/** Offers emoji behind a colon; `replace` puts the chosen one into the text. */
export function useEmojiCompletion(replace: (piece: Replacement) => void): EmojiCompletion {
  const all = useStore(emojiTable, (value) => value)
  const [caret, setCaret] = useState<{ readonly text: string; readonly at: number } | null>(null)
  const [chosen, setChosen] = useState(0)
  const query = caret === null ? null : emojiQuery(caret.text, caret.at)
  const offered = query === null ? [] : findEmoji(all, query.typed)
  const at = Math.min(chosen, offered.length - 1)
  const choose = ({ emoji }: Emoji) => {
    if (query !== null && caret !== null) {
      setCaret(null)
      replace({ from: query.from, to: caret.at, by: `${emoji} ` })
    }
  }
  const typed = (text: string, place: number) => {
    const closed = closedEmoji(all, text, place)
    if (closed !== null) {
      setCaret(null)
      replace({ from: closed.from, to: place, by: closed.emoji })
      return
    }
    if (emojiQuery(text, place) !== null) {
      // Without a line the next colon asks again.
      askForEmoji().catch(() => undefined)
    }
    setChosen(0)
    setCaret({ text, at: place })
  }
  const takesKey = (key: string) => {
    const emoji = offered[at]
    if (emoji === undefined) {
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
        choose(emoji)
        return true
      case 'Escape':
        setCaret(null)
        return true
      default:
        return false
    }
  }
  return { offered, at, choose, typed, close: () => setCaret(null), takesKey }
}
