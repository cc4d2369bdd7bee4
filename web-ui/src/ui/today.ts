import { useSyncExternalStore } from 'react'
import { dayKey } from './format.ts'

/** A timer may fire a little early, and a clock may be set: it is looked at again as often as this. */
const lookMillisMax = 60 * 60_000

/** Calls back when another day begins where the reader is, also if the page slept through midnight. */
export function watchDay(changed: () => void): () => void {
  let day = dayKey(new Date())
  let timer: ReturnType<typeof setTimeout>
  const look = () => {
    clearTimeout(timer)
    const now = new Date()
    if (dayKey(now) !== day) {
      day = dayKey(now)
      changed()
    }
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()
    timer = setTimeout(look, Math.min(midnight - now.getTime() + 1, lookMillisMax))
  }
  look()
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}

/** Renders again when the day changes. */
export function useToday(): string {
  return useSyncExternalStore(watchDay, () => dayKey(new Date()))
}
