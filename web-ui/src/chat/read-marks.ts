import { recall, remember } from '../ui/remembered.ts'

/** How far a person has read each room, kept by this browser. */
export function recallReadMarks(personId: string): Map<string, number> {
  const marks = new Map<string, number>()
  for (const [roomId, seq] of Object.entries(parseMarks(recall(`read.${personId}`)))) {
    if (typeof seq === 'number') {
      marks.set(roomId, seq)
    }
  }
  return marks
}

export function rememberReadMarks(personId: string, marks: ReadonlyMap<string, number>): void {
  remember(`read.${personId}`, JSON.stringify(Object.fromEntries(marks)))
}

function parseMarks(kept: string | null): object {
  try {
    const parsed: unknown = JSON.parse(kept ?? '{}')
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    // Somebody else wrote there; marks are a comfort and may start again.
    return {}
  }
}
