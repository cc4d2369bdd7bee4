import { type WaitingMessage, waitingMillisMax } from './local-store.ts'
import { addPending, type PendingMessage, type RoomLog } from './room-log.ts'

/** Puts what waited in an earlier visit into its rooms; `rest` is for rooms that are not here. */
export function withWaiting(
  logs: ReadonlyMap<string, RoomLog>,
  recalled: readonly WaitingMessage[],
): { readonly logs: ReadonlyMap<string, RoomLog>; readonly rest: readonly WaitingMessage[] } {
  if (recalled.length === 0) {
    return { logs, rest: recalled }
  }
  const filled = new Map(
    [...logs].map(([roomId, log]) => {
      const waiting = recalled.filter((message) => message.roomId === roomId)
      return [roomId, addPending(log, waiting.map(pendingAgain))] as const
    }),
  )
  return { logs: filled, rest: recalled.filter((message) => !logs.has(message.roomId)) }
}

/** Too old a message is shown and may be sent, but is not sent by itself. */
function pendingAgain(message: WaitingMessage): PendingMessage {
  const { clientMessageId, text, writtenAt } = message
  const old = Date.now() - Date.parse(writtenAt) > waitingMillisMax
  const problem = message.problem ?? (old ? 'waited-too-long' : null)
  const state = problem === null ? 'sending' : 'failed'
  return { clientMessageId, text, writtenAt, state, problem, kept: true }
}
