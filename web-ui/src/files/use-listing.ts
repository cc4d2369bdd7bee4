import { useCallback, useEffect, useRef, useState } from 'react'
import { type Item, listFolder, type Space } from '../wire/files.ts'

export interface FolderListing {
  /** `null` until the folder was read for the first time. */
  readonly items: readonly Item[] | null
  readonly next: string | null
  readonly failure: unknown
  readonly reload: () => void
  readonly more: () => void
}

/**
 * What is in a folder; read again on `reload` and whenever `version` changes. An answer that comes
 * after the folder was left, or after a newer question, is thrown away.
 */
export function useListing(space: Space, path: string, version: number | string): FolderListing {
  const [items, setItems] = useState<readonly Item[] | null>(null)
  const [next, setNext] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [shown, setShown] = useState(path)
  // What stands in one folder must not be taken for the content of the next.
  if (shown !== path) {
    setShown(path)
    setItems(null)
    setNext(null)
    setFailure(null)
  }
  const question = useRef(0)

  const ask = useCallback(
    async (after: string | null) => {
      question.current += 1
      const mine = question.current
      try {
        const listing = await listFolder(space, path, after)
        if (mine === question.current) {
          setItems((before) =>
            after === null ? listing.items : [...(before ?? []), ...listing.items],
          )
          setNext(listing.next)
          setFailure(null)
        }
      } catch (error) {
        if (mine === question.current) {
          setFailure(error)
        }
      }
    },
    [space, path],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again
  useEffect(() => {
    void ask(null)
  }, [ask, version])

  return {
    items,
    next,
    failure,
    reload: () => void ask(null),
    more: () => void ask(next),
  }
}
