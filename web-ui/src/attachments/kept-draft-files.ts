import type { Drafts } from '../chat/edit-drafts.ts'
import type { FileRef } from '../wire/frames.ts'
import { readFileRef } from '../wire/parse-frame.ts'
import {
  asObject,
  type JsonObject,
  readInteger,
  readList,
  readOptionalInteger,
  readString,
} from '../wire/read.ts'

/** A file of a message that is not sent yet, as this browser keeps it. */
export interface KeptFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** As it is stored; `null` before that. */
  readonly stored: FileRef | null
  /** Milliseconds of the clock; `null` before that. */
  readonly storedAt: number | null
}

/** A room forgets a file that no message took so long. */
export const unsaidFileMillisMax = 24 * 60 * 60_000

/** Rooms are UUIDs: no room is called like this. */
function placeOf(roomId: string): string {
  return `${roomId}/files`
}

/** What no message can take any more, because it was stored too long ago, is not stored. */
export function keptDraftFiles(
  drafts: Drafts,
  roomId: string,
  nowMillis: number,
): readonly KeptFile[] {
  const kept = drafts.draft(placeOf(roomId))
  if (kept === '') {
    return []
  }
  try {
    const files = readList(asObject(JSON.parse(kept), 'kept files'), 'files', readKeptFile)
    const isOld = ({ storedAt }: KeptFile) => nowMillis - (storedAt ?? 0) >= unsaidFileMillisMax
    return files.map((file) => (isOld(file) ? { ...file, stored: null, storedAt: null } : file))
  } catch {
    // A page of another version may have kept it in another way.
    return []
  }
}

function readKeptFile(from: JsonObject): KeptFile {
  return {
    name: readString(from, 'name'),
    size: readInteger(from, 'size'),
    stored: from.stored === null ? null : readFileRef(asObject(from.stored, 'stored')),
    storedAt: readOptionalInteger(from, 'storedAt'),
  }
}

/** No files are forgotten. */
export function keepDraftFiles(drafts: Drafts, roomId: string, files: readonly KeptFile[]): void {
  const plain = files.map(({ name, size, stored, storedAt }) => ({ name, size, stored, storedAt }))
  const kept = plain.length === 0 ? '' : JSON.stringify({ files: plain })
  if (drafts.draft(placeOf(roomId)) !== kept) {
    drafts.setDraft(placeOf(roomId), kept)
  }
}
