// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const units: { readonly [unit: string]: number } = {
  '': 1,
  KB: 1024,
  MB: 1024 ** 2,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

function amount(written: string): number {
  const [, digits = '', unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(written) ?? []
  return Number(digits) * (units[unit] ?? Number.NaN)
}

/** The rows of the page's own section of docs/limits.md. */
function rows(): ReadonlyMap<string, number> {
  const page = readFileSync('../docs/limits.md', 'utf8')
  const section = page.split('\n## web-ui\n')[1]?.split('\n## ')[0] ?? ''
  const cells = section.matchAll(/^\| `(\w+)` \| `(\w+)` \|/gm)
  return new Map([...cells].map(([, name = '', value = '']) => [name, amount(value)]))
}

/** Every number that a module exports and calls a limit. */
function limits(): ReadonlyMap<string, number> {
  const modules = import.meta.glob<Record<string, unknown>>(
    ['../**/*.ts', '../**/*.tsx', '!../**/*.test.ts', '!../**/*.test.tsx', '!./main.tsx'],
    { eager: true },
  )
  const found = new Map<string, number>()
  for (const exported of Object.values(modules)) {
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value === 'number' && name.endsWith('Max')) {
        found.set(name, value)
      }
    }
  }
  return found
}

describe('docs/limits.md', () => {
  it('has a row with the value of each limit of the page, and no other rows', () => {
    expect(Object.fromEntries(rows())).toEqual(Object.fromEntries(limits()))
    expect(rows().size).toBeGreaterThan(0)
  })
})
