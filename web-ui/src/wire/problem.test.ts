import { expect, it } from 'vitest'
import { readProblem } from './problem.ts'

it('reads the id of the request from a problem', () => {
  const body = JSON.stringify({
    type: 'urn:tercet:problem:internal-error',
    title: 'Something went wrong here',
    status: 500,
    requestId: '5f0c2b7a91d34e68',
  })

  expect(readProblem(500, body)).toMatchObject({
    slug: 'internal-error',
    reference: '5f0c2b7a91d34e68',
  })
  expect(readProblem(500, '<html>').reference).toBeNull()
})
