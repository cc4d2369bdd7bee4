const prefix = 'tercet.'

/** A small choice that this browser keeps; `null` if there is none, or if storage is switched off. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key)
  } catch {
    // Storage can be forbidden by the browser; then choices last as long as the page.
    return null
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(prefix + key, value)
  } catch {
    // See above: full or forbidden storage is no reason to stop.
  }
}

/** Forgets every choice whose key begins like this. */
export function forget(beginning: string): void {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at))
    for (const key of keys) {
      if (key?.startsWith(prefix + beginning)) {
        localStorage.removeItem(key)
      }
    }
  } catch {
    // See above.
  }
}
