import { forget, recall, remember } from '../ui/remembered.ts'
import { isFewEmoji } from './emoji-text.ts'

/** Emoji that somebody used last, which this browser keeps. */
export const recentEmojiMax = 14

const key = 'emoji.recent'

/** What is offered to those who have used few. */
const wellKnown = ['👍', '❤️', '😂', '🎉', '👀', '🙏', '✅']

/** The last used ones, the newest first, and well known ones if these are few. */
export function recentEmoji(): readonly string[] {
  const used = parseEmoji(recall(key))
  return [...new Set([...used, ...wellKnown])].slice(0, Math.max(used.length, wellKnown.length))
}

export function rememberEmoji(emoji: string): void {
  const used = [...new Set([emoji, ...parseEmoji(recall(key))])].slice(0, recentEmojiMax)
  remember(key, JSON.stringify(used))
}

/** Of everybody. */
export function forgetRecentEmoji(): void {
  forget(key)
}

function parseEmoji(kept: string | null): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(kept ?? '[]')
    const isEmoji = (each: unknown) => typeof each === 'string' && isFewEmoji(each)
    return Array.isArray(parsed) ? parsed.filter(isEmoji).slice(0, recentEmojiMax) : []
  } catch {
    // Somebody else wrote there; what was used is a comfort and may start again.
    return []
  }
}
