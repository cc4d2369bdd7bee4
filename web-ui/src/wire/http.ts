import { Problem, problemOf, readProblem } from './problem.ts'
import { Mismatch } from './read.ts'

export const answerMillisMax = 15_000

export interface RequestParts {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as they are, instead of a body. */
  readonly bytes?: Blob
  /** The request counts only for this state of what it changes; otherwise it gets 412. */
  readonly ifMatch?: string
  /** The request goes on when the page is closed. */
  readonly keepalive?: boolean
  /** Gives the request up: it rejects with the problem `cancelled`. */
  readonly signal?: AbortSignal
}

/**
 * One JSON request to our own origin, with the session cookie. Resolves with the parsed body
 * (`null` for 204); everything else rejects with a {@link Problem}.
 */
export async function request(path: string, parts: RequestParts = {}): Promise<unknown> {
  try {
    const response = await fetch(path, {
      method: parts.method ?? 'GET',
      credentials: 'same-origin',
      cache: 'no-store',
      ...(parts.keepalive === undefined ? {} : { keepalive: parts.keepalive }),
      signal: signalOf(parts.signal),
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(parts.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(parts.bytes === undefined ? {} : { 'Content-Type': parts.bytes.type }),
        ...(parts.ifMatch === undefined ? {} : { 'If-Match': parts.ifMatch }),
      },
      ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      ...(parts.bytes === undefined ? {} : { body: parts.bytes }),
    })
    const text = await response.text()
    if (!response.ok) {
      throw readProblem(response.status, text)
    }
    return text === '' ? null : (JSON.parse(text) as unknown)
  } catch (error) {
    throw problemOf(error)
  }
}

function signalOf(given: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(answerMillisMax)
  return given === undefined ? timeout : AbortSignal.any([timeout, given])
}

/** Reads a body; one that breaks the contract is an `internal-error`, not a crash of the page. */
export function read<T>(body: unknown, reader: (body: unknown) => T): T {
  try {
    return reader(body)
  } catch (error) {
    if (error instanceof Mismatch) {
      throw new Problem('internal-error', 0, error.message)
    }
    throw error
  }
}
