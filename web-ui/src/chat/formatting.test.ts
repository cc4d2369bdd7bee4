import { describe, expect, it } from 'vitest'
import { formatted, type Mark, type Selected } from './formatting.ts'

/** A text with its selection between angle brackets. */
function read(written: string): Selected {
  const from = written.indexOf('<')
  return { text: written.replace(/[<>]/g, ''), from, to: written.indexOf('>') - 1 }
}

function write({ text, from, to }: Selected): string {
  return `${text.slice(0, from)}<${text.slice(from, to)}>${text.slice(to)}`
}

describe('a mark', () => {
  it('of a line is set before it', () => {
    expect(formatted({ text: 'one\ntwo', from: 5, to: 6 }, 'quote')).toEqual({
      text: 'one\n> two',
      from: 4,
      to: 9,
    })
  })

  it.each<[Mark, string, string]>([
    ['bold', 'a <word> here', 'a **<word>** here'],
    ['bold', 'a **<word>** here', 'a <word> here'],
    ['bold', 'a< word >here', 'a **<word>** here'],
    ['bold', 'a <>', 'a **<>**'],
    ['italic', '<词语>', '_<词语>_'],
    ['strike', '<old>', '~~<old>~~'],
    ['spoiler', '<the end>', '||<the end>||'],
    ['code', '<x>', '`<x>`'],
    ['code', '<a\nb>', '```\n<a\nb>\n```'],
    ['list', '<a\nb>', '<- a\n- b>'],
    ['list', '<- a\n- b>', '<a\nb>'],
    ['link', 'see <this>', 'see [this](<https://>)'],
    ['link', '<https://example.org>', '[<>](https://example.org)'],
  ])('%s of %j', (mark, before, after) => {
    const result = formatted(read(before), mark)
    expect(write(result)).toBe(after)
  })
})
