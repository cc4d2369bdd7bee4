import { useEffect, useState } from 'react'
import { Problem } from '../wire/problem.ts'
import { getRoom, type Room } from '../wire/rooms.ts'

/** A room that I am not in: `reading` at first, and `absent` if there is none that I may see. */
export type OtherRoom =
  | { readonly is: 'reading' }
  | { readonly is: 'absent' }
  | { readonly is: 'failed'; readonly failure: unknown; readonly retry: () => void }
  | { readonly is: 'there'; readonly room: Room }

/** Reads a room that is not in my list; nothing is read while `wanted` is false. */
export function useOtherRoom(roomId: string, wanted: boolean): OtherRoom {
  const [result, setResult] = useState<OtherRoom>({ is: 'reading' })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads again
  useEffect(() => {
    if (!wanted) {
      return
    }
    const left = new AbortController()
    setResult({ is: 'reading' })
    getRoom(roomId, left.signal).then(
      (room) => {
        if (!left.signal.aborted) {
          setResult({ is: 'there', room })
        }
      },
      (failure: unknown) => {
        if (!left.signal.aborted) {
          const absent = failure instanceof Problem && failure.status === 404
          const retry = () => setTries((count) => count + 1)
          setResult(absent ? { is: 'absent' } : { is: 'failed', failure, retry })
        }
      },
    )
    return () => left.abort()
  }, [roomId, wanted, tries])
  return result
}
