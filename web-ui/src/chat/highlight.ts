import type { HLJSApi } from 'highlight.js'
import { createStore } from '../ui/store.ts'

/** Code as HTML in which what it consists of is marked; `null` where it stays as it is. */
export type Highlight = (code: string, language: string) => string | null

/** Longer code, in characters, stays as it is: a message never has it, a paste of a preview may. */
export const highlightedCodeMax = 20_000

/** Colours code, once somebody has shown some. */
export const highlighter = createStore<Highlight | null>(null)
let reading = false

/** Fetches what colours code; without a line, the next piece of code asks again. */
export function askForHighlighter(): void {
  if (!reading) {
    reading = true
    import('./highlight-languages.ts').then(
      ({ hljs }) => highlighter.set((code, language) => highlighted(hljs, code, language)),
      () => {
        reading = false
      },
    )
  }
}

/** Colours code in the language that the sender named, or in the one that it looks like. */
export function highlighted(hljs: HLJSApi, code: string, language: string): string | null {
  if (code.length > highlightedCodeMax) {
    return null
  }
  if (hljs.getLanguage(language) !== undefined) {
    return hljs.highlight(code, { language, ignoreIllegals: true }).value
  }
  if (language !== '') {
    return null
  }
  const guess = hljs.highlightAuto(code)
  // What is hardly anything is no code: then colours would only confuse.
  return guess.relevance >= guessedRelevanceMin ? guess.value : null
}

const guessedRelevanceMin = 6
