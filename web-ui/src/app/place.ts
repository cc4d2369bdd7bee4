import { useSyncExternalStore } from 'react'

/** Where in the page one is; it stands behind the `#` of the address. */
export type Place =
  | { readonly at: 'start' }
  | {
      readonly at: 'room'
      readonly roomId: string
      /** The open folder among the room's files, empty for the top; `null` if they are closed. */
      readonly folder: string | null
      /** The place in the room's log of a message that is linked. */
      readonly seq?: number
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
    const room = { at: 'room', roomId: second } as const
    if (/^[1-9]\d{0,14}$/.test(third)) {
      return { ...room, folder: null, seq: Number(third) }
    }
    return { ...room, folder: third === 'files' ? folderOf(names) : null }
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
        ? `#/rooms/${place.roomId}${place.seq === undefined ? '' : `/${place.seq}`}`
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

/** The whole address of a place, to be given to others. */
export function addressOf(place: Place): string {
  return new URL(placeHash(place), window.location.origin).href
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
