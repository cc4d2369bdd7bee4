import { describe, expect, it } from 'vitest'
import { visibleName } from './shown-name.tsx'

describe('a name that is shown', () => {
  it('writes out what would turn its text', () => {
    expect(visibleName('invoice\u202efdp.exe')).toBe('invoice[U+202E]fdp.exe')
    expect(visibleName('a\u2067b\u2069c\u200fd')).toBe('a[U+2067]b[U+2069]c[U+200F]d')
    expect(visibleName('two\nlines\u2028')).toBe('two[U+000A]lines[U+2028]')
  })

  it('leaves scripts and emoji alone', () => {
    for (const name of ['שלום.pdf', 'نامه\u200cها.txt', '👩\u200d🚀.png', '图片.png']) {
      expect(visibleName(name)).toBe(name)
    }
  })
})
