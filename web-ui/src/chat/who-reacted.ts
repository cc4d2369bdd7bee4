import type { PersonRef, Reaction } from '../wire/frames.ts'
import { listReactions, type ReactionPeople } from '../wire/reactions.ts'

/** Messages of which the page remembers for a moment who reacted. */
export const rememberedReactionsMax = 20
/** For so long. */
export const rememberedReactionsMillis = 30_000

interface Remembered {
  readonly askedAt: number
  readonly answer: Promise<readonly ReactionPeople[]>
}

const remembered = new Map<string, Remembered>()

/**
 * Who reacted to a message. The server is asked once for a while, and again when the message's
 * reactions are those of another place of the log.
 */
export function whoReacted(
  roomId: string,
  seq: number,
  asOf: number,
): Promise<readonly ReactionPeople[]> {
  const key = `${roomId}/${seq}@${asOf}`
  const known = remembered.get(key)
  if (known !== undefined && Date.now() - known.askedAt < rememberedReactionsMillis) {
    return known.answer
  }
  const answer = listReactions(roomId, seq)
  answer.catch(() => remembered.delete(key))
  remembered.delete(key)
  remembered.set(key, { askedAt: Date.now(), answer })
  const [oldest] = remembered.keys()
  if (remembered.size > rememberedReactionsMax && oldest !== undefined) {
    remembered.delete(oldest)
  }
  return answer
}

/** So many are named; of more, some are named and the others counted. */
export const namedReactorsMax = 8

/** Those of a reaction who are named beside me, and how many it has. */
export function namedReactors(
  reaction: Reaction,
  answer: readonly ReactionPeople[],
  me: string,
): { readonly others: readonly PersonRef[]; readonly count: number } {
  const known = answer.find(({ emoji }) => emoji === reaction.emoji)?.people ?? []
  const others = known.filter(({ personId }) => personId !== me)
  const mine = reaction.mine ? 1 : 0
  return {
    others: others.slice(0, Math.min(namedReactorsMax, reaction.count) - mine),
    count: reaction.count,
  }
}
