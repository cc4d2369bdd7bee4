import { describe, expect, it } from 'vitest'
import { formatRecent, formatSize } from './format.ts'

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [48_213, '47.1 KiB'],
    [1_048_576, '1 MiB'],
    [10 * 1024 ** 3, '10 GiB'],
  ])('of %i bytes reads %s', (bytes, expected) => {
    expect(formatSize(bytes, 'en')).toBe(expected)
  })
})

describe('a recent time', () => {
  const now = new Date(2026, 10, 23, 12, 0)

  it('is the hour for today and the date for other days', () => {
    expect(formatRecent(new Date(2026, 10, 23, 8, 5), now, 'en')).toBe('08:05')
    expect(formatRecent(new Date(2026, 10, 22, 8, 5), now, 'en')).toBe('Nov 22, 2026')
  })
})
