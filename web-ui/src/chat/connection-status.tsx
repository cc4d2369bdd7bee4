import { useEffect, useState } from 'react'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { ConnectionState } from '../wire/connection.ts'
import type { ChatClient } from './chat-client.ts'
import { type ConnectionPhase, connectionPhase, waitingCount } from './chat-state.ts'

/**
 * Says what the line to the server is doing and what waits for it, and offers to try now. Of a line
 * that is as it should be nothing is to be seen: only a screen reader hears that it is back.
 */
export function ConnectionStatus({ chat }: { readonly chat: ChatClient }) {
  const texts = useTexts()
  const state = useStore(chat.store, (chatState) => chatState)
  const phase = connectionPhase(state)
  const now = useSeconds(phase === 'disconnected')
  const retries = state.connection.status === 'disconnected' && state.connection.retryAt !== null
  const waiting = phase === 'connected' ? 0 : waitingCount(state)
  const text = statusText(texts, phase, state.connection, now)
  return (
    <div className="status-place" role="status" data-testid="connection-status" data-state={phase}>
      {phase === 'connected' ? (
        <span className="sr-only">{text}</span>
      ) : (
        <div className="status" data-state={phase}>
          <span className="status-light" aria-hidden="true" />
          <span className="status-text">
            {text}
            {waiting > 0 ? (
              <span className="status-waits"> {texts.connection.waits(waiting)}</span>
            ) : null}
          </span>
          {retries ? (
            <button
              type="button"
              className="button button-small button-quiet"
              onClick={() => chat.retryNow()}
            >
              {texts.connection.retryNow}
            </button>
          ) : null}
        </div>
      )}
    </div>
  )
}

function statusText(
  texts: Catalogue,
  phase: ConnectionPhase,
  connection: ConnectionState,
  now: number,
): string {
  switch (phase) {
    case 'connected':
      return texts.connection.connected
    case 'catching-up':
      return texts.connection.catchingUp
    case 'connecting':
      return texts.connection.connecting
    case 'silent':
      return texts.connection.silent
    case 'disconnected':
      return waitText(texts, connection, now)
  }
}

function waitText(texts: Catalogue, connection: ConnectionState, now: number): string {
  if (connection.status !== 'disconnected') {
    return texts.connection.connecting
  }
  if (connection.why === 'refused') {
    return texts.connection.refused
  }
  const millis = connection.retryAt === null ? null : connection.retryAt - now
  return millis === null
    ? texts.connection.offline
    : texts.connection.reconnectingIn(Math.max(1, Math.ceil(millis / 1_000)))
}

/** The clock in milliseconds, fresh every half second while somebody counts. */
function useSeconds(counting: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!counting) {
      return
    }
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [counting])
  return now
}
