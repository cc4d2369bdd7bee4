import type MarkdownIt from 'markdown-it'

const bar = 0x7c
const words = /[^\n!#$%&*+\-:<=>@[\]\\^_`{}~|]+/y

/** `||text||`: hidden until one looks. Marks inside of it are read; it ends in its own paragraph. */
export function spoilers(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.inline.ruler.before('emphasis', 'spoiler', (state, silent) => {
    const { src, pos, posMax } = state
    if (src.charCodeAt(pos) !== bar || src.charCodeAt(pos + 1) !== bar) {
      return false
    }
    const end = src.indexOf('||', pos + 2)
    const inner = src.slice(pos + 2, end)
    // With blanks inside it is the "or" of a program.
    if (end < 0 || end + 2 > posMax || inner === '' || inner.trim() !== inner) {
      return false
    }
    if (!silent) {
      state.push('spoiler_open', 'span', 1).attrs = [['class', 'spoiler']]
      state.push('spoiler_inner_open', 'span', 1)
      state.pos = pos + 2
      state.posMax = end
      state.md.inline.tokenize(state)
      state.push('spoiler_inner_close', 'span', -1)
      state.push('spoiler_close', 'span', -1)
      state.posMax = posMax
    }
    state.pos = end + 2
    return true
  })
  // Plain text goes on to the next sign that may mean something; a bar is one now.
  markdown.inline.ruler.at('text', (state, silent) => {
    words.lastIndex = state.pos
    const text = words.exec(state.src.slice(0, state.posMax))?.[0]
    if (text === undefined) {
      return false
    }
    if (!silent) {
      state.pending += text
    }
    state.pos += text.length
    return true
  })
}
