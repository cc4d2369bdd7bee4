import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { handleOf, showsSomething } from './names.ts'

interface Examples {
  readonly handles: readonly { readonly typed: string; readonly name: string }[]
  readonly blankMessages: readonly string[]
  readonly visibleMessages: readonly string[]
}

// The contracts folder stands beside web-ui; vitest runs in web-ui.
const examples: Examples = JSON.parse(readFileSync('../contracts/names.json', 'utf8'))

describe('the name of somebody who writes it with blanks', () => {
  it.each(examples.handles)('is $name for $typed', ({ typed, name }) => {
    expect(handleOf(typed)).toBe(name)
    expect(handleOf(name)).toBe(name)
  })
})

describe('a message', () => {
  it.each(examples.blankMessages)('shows nothing: %j', (text) => {
    expect(showsSomething(text)).toBe(false)
  })

  it.each(examples.visibleMessages)('shows something: %j', (text) => {
    expect(showsSomething(text)).toBe(true)
  })
})
