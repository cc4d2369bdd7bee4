import { forget, recall, remember } from '../ui/remembered.ts'

/** How far a person has read each room of the log of an epoch. */
export interface ReadMarks {
  readonly epoch: string | null
  readonly marks: ReadonlyMap<string, number>
}

// Rooms are UUIDs: none is called like this.
const epochKey = 'epoch'
const prefix = 'read.'

/** The marks in local storage: of a browser without IndexedDB, or of an earlier version of the page. */
export function recallReadMarks(personId: string): ReadMarks {
  const marks = new Map<string, number>()
  let epoch: string | null = null
  for (const [key, value] of Object.entries(parseMarks(recall(prefix + personId)))) {
    if (typeof value === 'number') {
      marks.set(key, value)
    } else if (key === epochKey && typeof value === 'string') {
      epoch = value
    }
  }
  return { epoch, marks }
}

export function rememberReadMarks(personId: string, { epoch, marks }: ReadMarks): void {
  remember(
    prefix + personId,
    JSON.stringify({ ...Object.fromEntries(marks), [epochKey]: epoch ?? undefined }),
  )
}

/** Of everybody. */
export function forgetReadMarks(): void {
  forget(prefix)
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
