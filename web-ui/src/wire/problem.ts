import {
  asObject,
  type JsonObject,
  Mismatch,
  readOptionalInteger,
  readOptionalString,
  readString,
} from './read.ts'

const prefix = 'urn:tercet:problem:'

interface SiteSize {
  readonly bytes: number
  readonly bytesMax: number
}

/**
 * A request that did not succeed. `slug` is one of contracts/problems.md, or one of ours:
 * `unreachable` (nobody answered), `cancelled` (we gave up ourselves).
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly slug: string
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number
  /** For `name-resembles`: the name that is taken. */
  readonly resembles: string | null
  /** The id of the request in the logs of the server; null if the answer has none. */
  readonly reference: string | null
  /** For `site-too-large`: how large the site is, and how large it may be now. */
  readonly tooLarge: SiteSize | null

  constructor(
    slug: string,
    status: number,
    detail: string,
    more: {
      readonly resembles?: string | null
      readonly tooLarge?: SiteSize | null
      readonly reference?: string | null
    } = {},
  ) {
    super(detail)
    this.slug = slug
    this.status = status
    this.resembles = more.resembles ?? null
    this.tooLarge = more.tooLarge ?? null
    this.reference = more.reference ?? null
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) {
    return error
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return new Problem('cancelled', 0, '')
  }
  return new Problem('unreachable', 0, error instanceof Error ? error.message : '')
}

/** Reads the body of an answer that is not 2xx; one that is no problem+json is named by its status. */
export function readProblem(status: number, body: string): Problem {
  try {
    const from = asObject(JSON.parse(body), 'a problem')
    const type = readString(from, 'type')
    if (type.startsWith(prefix)) {
      const detail = readOptionalString(from, 'detail') ?? ''
      const resembles = readOptionalString(from, 'resembles')
      const tooLarge = readSiteSize(from)
      const reference = readOptionalString(from, 'requestId')
      const more = { resembles, tooLarge, reference }
      return new Problem(type.slice(prefix.length), status, detail, more)
    }
  } catch (error) {
    if (!(error instanceof Mismatch || error instanceof SyntaxError)) {
      throw error
    }
  }
  return new Problem(slugOfStatus(status), status, '')
}

function readSiteSize(from: JsonObject): SiteSize | null {
  const bytes = readOptionalInteger(from, 'bytes')
  const bytesMax = readOptionalInteger(from, 'bytesMax')
  return bytes === null || bytesMax === null ? null : { bytes, bytesMax }
}

function slugOfStatus(status: number): string {
  switch (status) {
    case 401:
      return 'unauthenticated'
    case 404:
      return 'not-found'
    case 413:
      return 'too-large'
    case 429:
      return 'too-fast'
    case 502:
    case 503:
    case 504:
      return 'service-unavailable'
    default:
      return status >= 500 ? 'internal-error' : 'invalid-request'
  }
}
