import { useSyncExternalStore } from 'react'

/** A value that views watch. Values are immutable: a change is a new value. */
export interface Store<T> {
  readonly get: () => T
  readonly set: (value: T) => void
  readonly watch: (changed: () => void) => () => void
}

export function createStore<T>(initial: T): Store<T> {
  let current = initial
  const watchers = new Set<() => void>()
  return {
    get: () => current,
    set: (value) => {
      if (!Object.is(value, current)) {
        current = value
        for (const changed of watchers) {
          changed()
        }
      }
    },
    watch: (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
  }
}

/**
 * Renders again when the selected part changes. The part is compared by identity: select what is
 * stored, and derive from it in the view.
 */
export function useStore<T, P>(store: Store<T>, select: (value: T) => P): P {
  return useSyncExternalStore(store.watch, () => select(store.get()))
}
