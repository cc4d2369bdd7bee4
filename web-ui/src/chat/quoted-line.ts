import { showsSomething } from '../wire/names.ts'

/** Characters of a quote; the page cuts it where the line ends. */
const quotedMax = 200

/**
 * The first line of a message that shows something, as plain text. What is hidden stays hidden, and
 * the fence of a piece of code is no line.
 *
 * @param hidden stands for a hidden text
 */
export function quotedLine(text: string, hidden: string): string {
  const lines = text.replace(/\|\|(?!\s)(?:.+?)(?<!\s)\|\|/gs, `[${hidden}]`).split('\n')
  const shown = lines.find((line) => showsSomething(line) && !/^\s*(```|~~~)/.test(line)) ?? ''
  return [...shown.trim()].slice(0, quotedMax).join('')
}
