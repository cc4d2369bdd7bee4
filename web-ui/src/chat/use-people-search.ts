import { useEffect, useRef, useState } from 'react'
import type { Card } from '../wire/frames.ts'
import { searchPeople } from '../wire/people-search.ts'
import { Problem } from '../wire/problem.ts'

/** So long nobody types before the server is asked. */
export const searchMillis = 150

export interface PeopleSearch {
  /** What the server found last, also while it looks for something else. */
  readonly found: readonly Card[]
  readonly searching: boolean
  readonly failure: unknown
}

/** People by the beginning of a word of their names, without me; nobody for nothing. */
export function usePeopleSearch(typed: string, me: string): PeopleSearch {
  const wanted = typed.trim()
  const [result, setResult] = useState<PeopleSearch & { readonly for: string }>({
    for: '',
    found: [],
    searching: false,
    failure: null,
  })
  useEffect(() => {
    if (wanted === '') {
      return undefined
    }
    const left = new AbortController()
    const timer = setTimeout(() => {
      searchPeople(wanted, left.signal).then(
        (people) => {
          const found = people.filter(({ personId }) => personId !== me)
          setResult({ for: wanted, found, searching: false, failure: null })
        },
        (failure: unknown) => {
          if (!(failure instanceof Problem && failure.slug === 'cancelled')) {
            setResult({ for: wanted, found: [], searching: false, failure })
          }
        },
      )
    }, searchMillis)
    return () => {
      clearTimeout(timer)
      left.abort()
    }
  }, [wanted, me])
  return wanted === ''
    ? { found: [], searching: false, failure: null }
    : { ...result, searching: result.for !== wanted }
}

/**
 * Who types a name and presses Enter at once means what is found then: returns what is to be done when
 * the search has ended, or now if none is under way.
 */
export function useEnter(search: PeopleSearch, typed: string, enter: () => void): () => void {
  const [wanted, setWanted] = useState<string | null>(null)
  const latest = useRef(enter)
  latest.current = enter
  const { searching } = search
  useEffect(() => {
    if (wanted !== null && !searching) {
      setWanted(null)
      if (wanted === typed) {
        latest.current()
      }
    }
  }, [wanted, searching, typed])
  return () => setWanted(typed)
}
