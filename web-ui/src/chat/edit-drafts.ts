/** Texts that somebody has begun, by their place; local-store.ts keeps them in this browser. */
export interface Drafts {
  /** `''` for none. */
  readonly draft: (place: string) => string
  readonly setDraft: (place: string, text: string) => void
}

/** What somebody typed over a message and did not save yet. */
export interface EditDraft {
  /** The version of the message that they typed over. */
  readonly version: number
  readonly text: string
}

/** Rooms are UUIDs: no room is called like this. */
function placeOf(roomId: string, seq: number): string {
  return `${roomId}/${seq}`
}

export function editDraft(drafts: Drafts, roomId: string, seq: number): EditDraft | null {
  const kept = /^(\d+)\n(.*)$/s.exec(drafts.draft(placeOf(roomId, seq)))
  return kept === null ? null : { version: Number(kept[1]), text: kept[2] ?? '' }
}

/** `null` forgets it. */
export function keepEditDraft(
  drafts: Drafts,
  roomId: string,
  seq: number,
  draft: EditDraft | null,
): void {
  const kept = draft === null ? '' : `${draft.version}\n${draft.text}`
  if (drafts.draft(placeOf(roomId, seq)) !== kept) {
    drafts.setDraft(placeOf(roomId, seq), kept)
  }
}
