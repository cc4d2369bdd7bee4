import { useCallback, useEffect, useState } from 'react'
import { type Place, placeHash } from './place.ts'

export interface Drawer {
  readonly isOpen: boolean
  readonly open: () => void
  readonly close: () => void
}

/** On a narrow screen the list of rooms is a drawer; it closes when one has arrived somewhere. */
export function useDrawer(place: Place): Drawer {
  const [isOpen, setOpen] = useState(false)
  const open = useCallback(() => setOpen(true), [])
  const close = useCallback(() => setOpen(false), [])
  const hash = placeHash(place)
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving closes it
  useEffect(close, [hash])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        close()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [close])
  return { isOpen, open, close }
}
