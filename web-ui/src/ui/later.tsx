import { type ComponentType, useCallback, useEffect, useState } from 'react'
import { useTexts } from './language.ts'

/** Everything that the page brings in later, in the order in which it was named. */
const parts: (() => Promise<unknown>)[] = []

/**
 * A part of the page that is a script of its own, read when it is first shown or when nothing else is
 * to do. Until it is here it says so. A script that does not arrive, as without a line, is asked for
 * again by hand; nothing else on the page is lost. What is small or stands among other things says
 * nothing until it is here.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  until: 'says-so' | 'says-nothing' = 'says-so',
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null
  const read = async () => {
    loaded = await load()
    return loaded
  }
  parts.push(read)
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, in its module
  return function Later(props: P) {
    const [Part, setPart] = useState(() => loaded)
    const [failed, setFailed] = useState(false)
    const ask = useCallback(() => {
      setFailed(false)
      read().then(
        (part) => setPart(() => part),
        () => setFailed(true),
      )
    }, [])
    useEffect(() => {
      if (loaded === null) {
        ask()
      } else {
        setPart(() => loaded)
      }
    }, [ask])
    if (Part !== null) {
      return <Part {...props} />
    }
    return failed || until === 'says-so' ? <Waiting failed={failed} onRetry={ask} /> : null
  }
}

/** Reads what is not here yet, one after the other; what fails is read when it is shown. */
export async function readParts(): Promise<void> {
  for (const read of parts) {
    try {
      await read()
    } catch {
      return
    }
  }
}

function Waiting(props: { readonly failed: boolean; readonly onRetry: () => void }) {
  const texts = useTexts()
  return props.failed ? (
    <div className="empty">
      <p className="empty-hint" role="alert">
        {texts.problem.unreachable}
      </p>
      <button type="button" className="button button-small" onClick={props.onRetry}>
        {texts.common.retry}
      </button>
    </div>
  ) : (
    <p className="empty empty-hint" role="status">
      {texts.common.loading}
    </p>
  )
}
