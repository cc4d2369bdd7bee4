import { useSyncExternalStore } from 'react'

/** Where in the page one is; it stands behind the `#` of the address. */
export type Place =
  | { readonly at: 'start' }
  | { readonly at: 'room'; readonly roomId: string }
  | { readonly at: 'my-files' }
  | { readonly at: 'sites' }

export function parsePlace(hash: string): Place {
  const [, first = '', second = ''] = hash.replace(/^#/, '').split('/')
  if (first === 'rooms' && /^[0-9A-Za-z-]+$/.test(second)) {
    return { at: 'room', roomId: second }
  }
  return first === 'files'
    ? { at: 'my-files' }
    : first === 'sites'
      ? { at: 'sites' }
      : { at: 'start' }
}

export function placeHash(place: Place): string {
  switch (place.at) {
    case 'start':
      return '#/'
    case 'room':
      return `#/rooms/${place.roomId}`
    case 'my-files':
      return '#/files'
    case 'sites':
      return '#/sites'
  }
}

export function goTo(place: Place): void {
  window.location.hash = placeHash(place)
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed)
      return () => window.removeEventListener('hashchange', changed)
    },
    () => window.location.hash,
  )
  return parsePlace(hash)
}
