import { describe, expect, it } from 'vitest'
import { endOf } from './clear-after.ts'

/** A Wednesday, where the browser is. */
const now = new Date(2026, 11, 2, 15, 30)

function local(...parts: [number, number, number]): string {
  return new Date(...parts).toISOString()
}

describe('the end of a status', () => {
  it.each([
    ['halfHour', new Date(2026, 11, 2, 16, 0).toISOString()],
    ['hour', new Date(2026, 11, 2, 16, 30).toISOString()],
    ['fourHours', new Date(2026, 11, 2, 19, 30).toISOString()],
    ['today', local(2026, 11, 3)],
    ['week', local(2026, 11, 7)],
    ['kept', 'as before'],
    ['never', undefined],
  ] as const)('is as it was chosen: %s', (after, end) => {
    expect(endOf(after, now, 'as before')).toBe(end)
  })

  it('is tonight for the week on a Sunday, and a week later on a Monday', () => {
    expect(endOf('week', new Date(2026, 11, 6, 9), undefined)).toBe(local(2026, 11, 7))
    expect(endOf('week', new Date(2026, 11, 7, 9), undefined)).toBe(local(2026, 11, 14))
  })
})
