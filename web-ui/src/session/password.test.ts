import { describe, expect, it } from 'vitest'
import { isPassword } from './password.ts'

describe('a password', () => {
  it.each([
    ['123', false],
    ['1234567', false],
    ['12345678', true],
    ['🔑🔑🔑🔑', false],
    ['🔑🔑🔑🔑🔑🔑🔑🔑', true],
    ['x'.repeat(256), true],
    ['x'.repeat(257), false],
  ])('%s may be chosen: %s', (typed, expected) => {
    expect(isPassword(typed)).toBe(expected)
  })
})
