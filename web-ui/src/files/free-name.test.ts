import { describe, expect, it } from 'vitest'
import { cleanName, isSiteName, nameBytesMax, numberedName, siteNameOf } from './free-name.ts'

describe('the name for an upload', () => {
  it.each([
    ['plan.pdf', 1, 'plan.pdf'],
    ['plan.pdf', 2, 'plan (2).pdf'],
    ['archive.tar.gz', 3, 'archive.tar (3).gz'],
    ['README', 2, 'README (2)'],
    ['.env', 2, '.env (2)'],
    ['图片.png', 2, '图片 (2).png'],
  ])('%s at attempt %i is %s', (name, attempt, expected) => {
    expect(numberedName(name, attempt)).toBe(expected)
  })

  it('stays within the limit and keeps its ending', () => {
    const name = numberedName(`${'长'.repeat(120)}.pdf`, 12)
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(nameBytesMax)
    expect(name).toMatch(/长 \(12\)\.pdf$/)
  })

  it('is cleaned of what the server refuses', () => {
    expect(cleanName('a/b')).toBe('a_b')
    expect(cleanName('a\u0000\nb')).toBe('ab')
    expect(cleanName('invoice\u202efdp.exe')).toBe('invoicefdp.exe')
    expect(cleanName('..')).toBe('_')
    expect(cleanName('e\u0301')).toBe('\u00e9')
  })
})

describe('the name of a site', () => {
  it('is suggested by the folder', () => {
    expect(siteNameOf('My Café – 2026')).toBe('my-cafe-2026')
    expect(siteNameOf('网页')).toBe('')
  })

  it('is one DNS label', () => {
    expect(['a', 'my-site', 'x9'].every(isSiteName)).toBe(true)
    expect(['', '-a', 'a-', 'A', 'a.b', 'a'.repeat(64)].some(isSiteName)).toBe(false)
  })
})
