import { useEffect, useState } from 'react'
import type { Status } from '../wire/frames.ts'

/** A timer counts to this at most; then it is looked at again. */
const waitMillisMost = 24 * 60 * 60_000

/** The status as long as it lasts. */
export function useStatusNow(status: Status | undefined): Status | undefined {
  const [, look] = useState(0)
  const end = status?.until === undefined ? null : Date.parse(status.until)
  useEffect(() => {
    if (end === null || end <= Date.now()) {
      return undefined
    }
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      const left = end - Date.now()
      timer = setTimeout(
        () => (end > Date.now() ? wait() : look((times) => times + 1)),
        Math.min(left + 1, waitMillisMost),
      )
    }
    wait()
    return () => clearTimeout(timer)
  }, [end])
  return end !== null && end <= Date.now() ? undefined : status
}
