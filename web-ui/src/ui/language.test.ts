import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en } from './catalogue-en.ts'
import { zh } from './catalogue-zh.ts'
import { failureText, preferredLanguage, problemText } from './language.ts'

function keysOf(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === 'object' && each !== null
      ? keysOf(each, `${path}${key}.`)
      : [`${path}${key}: ${typeof each}`],
  )
}

describe('the catalogues', () => {
  it('have the same keys in both languages', () => {
    expect(keysOf(zh)).toEqual(keysOf(en))
  })

  it('have a sentence for every problem of the contract', () => {
    const slugs = [
      ...readFileSync('../contracts/problems.md', 'utf8').matchAll(/^\| `([a-z-]+)`/gm),
    ]
    expect(slugs.length).toBeGreaterThan(30)
    expect(Object.keys(en.problem)).toEqual(expect.arrayContaining(slugs.map((match) => match[1])))
  })

  it('answer an unknown problem with a general sentence', () => {
    expect(problemText(en, 'brand-new')).toBe(en.problem['internal-error'])
  })
})

describe('a failure', () => {
  const reference = '5f0c2b7a91d34e68'

  it.each(['internal-error', 'invalid-request', 'brand-new'])(
    'that nobody expected (%s) names its request',
    (slug) => {
      expect(failureText(en, { slug, reference })).toContain(reference)
      expect(failureText(zh, { slug, reference })).toContain(reference)
    },
  )

  it('that a person can mend does not', () => {
    expect(failureText(en, { slug: 'name-taken', reference })).toBe(en.problem['name-taken'])
  })

  it('without an id has its sentence alone', () => {
    expect(failureText(en, { slug: 'internal-error', reference: null })).toBe(
      en.problem['internal-error'],
    )
  })
})

describe('the language', () => {
  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['fr-FR', 'zh-Hant'], 'zh'],
    [['de'], 'en'],
    [['en-GB', 'zh'], 'en'],
    [[], 'en'],
  ] as const)('for a browser that wants %j is %s', (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language)
  })
})
