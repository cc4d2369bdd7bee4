import { useSyncExternalStore } from 'react'

/** Where in the page one is; it stands behind the `#` of the address. */
export type Place =
  | { readonly at: 'start' }
  | {
      readonly at: 'room'
      readonly roomId: string
      /** The open folder among the room's files, empty for the top; `null` if they are closed. */
      readonly folder: string | null
    }
  | {
      readonly at: 'my-files'
      /** Empty for the top. */
      readonly folder: string
    }
  | { readonly at: 'sites' }

export function parsePlace(hash: string): Place {
  const [, first = '', ...rest] = hash.replace(/^#/, '').split('/')
  const [second = '', third = '', ...names] = rest
  if (first === 'rooms' && /^[0-9A-Za-z-]+$/.test(second)) {
    return { at: 'room', roomId: second, folder: third === 'files' ? folderOf(names) : null }
  }
  return first === 'files'
    ? { at: 'my-files', folder: folderOf(rest) }
    : first === 'sites'
      ? { at: 'sites' }
      : { at: 'start' }
}

export function placeHash(place: Place): string {
  switch (place.at) {
    case 'start':
      return '#/'
    case 'room':
      return place.folder === null
        ? `#/rooms/${place.roomId}`
        : `#/rooms/${place.roomId}/files${steps(place.folder)}`
    case 'my-files':
      return `#/files${steps(place.folder)}`
    case 'sites':
      return '#/sites'
  }
}

function steps(folder: string): string {
  return folder === '' ? '' : `/${folder.split('/').map(encodeURIComponent).join('/')}`
}

/** The folder that these steps of an address lead to; the top if somebody else wrote them. */
function folderOf(steps: readonly string[]): string {
  try {
    const names = steps.map(decodeURIComponent).filter((name) => name !== '')
    return names.some((name) => name.includes('/')) ? '' : names.join('/')
  } catch {
    return ''
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
