import { useCallback, useEffect, useRef, useState } from 'react'

export interface Task {
  readonly busy: boolean
  /** What the last run failed with. */
  readonly failure: unknown
  /** Runs the work unless it is running already; resolves to whether it succeeded. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>
  readonly clear: () => void
}

/** One thing a view asks the network for: is it under way, and did it fail? */
export function useTask(): Task {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const running = useRef(false)
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const run = useCallback(async (work: () => Promise<void>) => {
    if (running.current) {
      return false
    }
    running.current = true
    setBusy(true)
    setFailure(null)
    try {
      await work()
      return true
    } catch (error) {
      if (mounted.current) {
        setFailure(error)
      }
      return false
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setFailure(null), [])
  return { busy, failure, run, clear }
}
