import type { Drafts } from './edit-drafts.ts'

/** What the next message of a room answers. Rooms are UUIDs: no room is called like this. */
function placeOf(roomId: string): string {
  return `${roomId}/reply`
}

/** The `seq` of the message that somebody has begun to answer; `null` for none. */
export function replyDraft(drafts: Drafts, roomId: string): number | null {
  const kept = drafts.draft(placeOf(roomId))
  return /^[1-9]\d*$/.test(kept) ? Number(kept) : null
}

/** `null` forgets it. */
export function keepReplyDraft(drafts: Drafts, roomId: string, seq: number | null): void {
  drafts.setDraft(placeOf(roomId), seq === null ? '' : `${seq}`)
}

/** Where the text is that somebody has begun beside a message and its replies. */
export function replyTextPlace(roomId: string, seq: number): string {
  return `${roomId}/replies/${seq}`
}
