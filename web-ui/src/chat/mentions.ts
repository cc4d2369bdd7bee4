import type { Mentions, ShownEntry } from '../wire/frames.ts'
import { isNews } from './room-log.ts'

/** Does it mean this person? With `@here`, those who were present are among its people. */
export function reaches(mentions: Mentions | undefined, personId: string): boolean {
  return mentions !== undefined && (mentions.room === true || mentions.people.includes(personId))
}

/** Did somebody else mention me in what still stands? */
export function mentionsMe(entry: ShownEntry, me: string): boolean {
  return entry.kind === 'message' && isNews(entry, me) && reaches(entry.mentions, me)
}
