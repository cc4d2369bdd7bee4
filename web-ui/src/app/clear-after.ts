/** When a status ends by itself: as somebody chooses it. */
export type ClearAfter = 'never' | 'kept' | 'halfHour' | 'hour' | 'fourHours' | 'today' | 'week'

const minutes: { readonly [after in ClearAfter]?: number } = {
  halfHour: 30,
  hour: 60,
  fourHours: 240,
}

/** The end of a status that begins now, in the browser's time zone; `kept` is its end before. */
export function endOf(after: ClearAfter, now: Date, kept: string | undefined): string | undefined {
  const wait = minutes[after]
  if (wait !== undefined) {
    return new Date(now.getTime() + wait * 60_000).toISOString()
  }
  if (after === 'today' || after === 'week') {
    // A week ends on Sunday.
    const days = after === 'today' ? 1 : ((7 - now.getDay()) % 7) + 1
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString()
  }
  return after === 'kept' ? kept : undefined
}
