/** How long to wait before the next attempt. All durations are milliseconds. */
export interface BackOffLimits {
  readonly firstMillis: number
  readonly mostMillis: number
}

export const backOffLimits: BackOffLimits = { firstMillis: 500, mostMillis: 15_000 }

/** An overloaded server asked for more than the usual patience. */
export const overloadedMillisMin = 10_000

/**
 * Doubles with every failed attempt up to a cap; the second half is random, so that everybody who
 * lost the same server does not come back in the same instant.
 *
 * @param failures attempts that failed since the last good connection, 0 for the first retry
 * @param random a number in [0, 1)
 */
export function backOffMillis(
  failures: number,
  random: number,
  limits: BackOffLimits = backOffLimits,
): number {
  const ceiling = Math.min(limits.mostMillis, limits.firstMillis * 2 ** Math.min(failures, 16))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
