import { describe, expect, it } from 'vitest'
import { en } from '../ui/catalogue-en.ts'
import { zh } from '../ui/catalogue-zh.ts'
import { failureText } from '../ui/language.ts'
import { readProblem } from '../wire/problem.ts'

const mib = 1024 * 1024
const tooLarge = (more: object) =>
  readProblem(
    413,
    JSON.stringify({ type: 'urn:tercet:problem:site-too-large', status: 413, ...more }),
  )

describe('a site that is too large', () => {
  it('is said with how large it is and how large it may be', () => {
    const failure = tooLarge({ bytes: 2_355 * mib, bytesMax: 200 * mib })
    expect(failureText(en, failure)).toBe(
      'As a site this folder has 2.3 GiB, and at most 200 MiB are allowed now. ' +
        'Publish less of it, or unpublish another site.',
    )
    expect(failureText(zh, failure)).toContain('2.3 GiB')
    expect(failureText(zh, failure)).toContain('200 MiB')
  })

  it('is said without numbers where there are none', () => {
    expect(failureText(en, tooLarge({}))).toBe(en.problem['site-too-large'])
    expect(failureText(zh, tooLarge({}))).toBe(zh.problem['site-too-large'])
  })
})
