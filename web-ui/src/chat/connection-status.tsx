import { useEffect, useState } from 'react'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { ConnectionState } from '../wire/connection.ts'
import type { ChatClient } from './chat-client.ts'
import { type ConnectionPhase, connectionPhase } from './chat-state.ts'

/** Says what the line to the server is doing, and offers to try now while it waits. */
export function ConnectionStatus(props: { readonly chat: ChatClient; readonly testId?: string }) {
  const { chat } = props
  const texts = useTexts()
  const state = useStore(chat.store, (chatState) => chatState)
  const phase = connectionPhase(state)
  const now = useSeconds(phase === 'disconnected')
  const waits = state.connection.status === 'disconnected' && state.connection.retryAt !== null
  return (
    <div className="status" role="status" data-testid={props.testId} data-state={phase}>
      <span className="status-light" aria-hidden="true" />
      <span className="status-text">{statusText(texts, phase, state.connection, now)}</span>
      {waits ? (
        <button
          type="button"
          className="button button-small button-quiet"
          onClick={() => chat.retryNow()}
        >
          {texts.connection.retryNow}
        </button>
      ) : null}
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
