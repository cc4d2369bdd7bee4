import { useSyncExternalStore } from 'react'

function watch(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed)
  window.addEventListener('focus', changed)
  window.addEventListener('blur', changed)
  return () => {
    document.removeEventListener('visibilitychange', changed)
    window.removeEventListener('focus', changed)
    window.removeEventListener('blur', changed)
  }
}

/** Is somebody looking at this page? Only then is a message that it shows a read one. */
export function useWatching(): boolean {
  return useSyncExternalStore(
    watch,
    () => document.visibilityState === 'visible' && document.hasFocus(),
  )
}
