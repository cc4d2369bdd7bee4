import { describe, expect, it } from 'vitest'
import { en } from '../ui/catalogue-en.ts'
import { zh } from '../ui/catalogue-zh.ts'
import type { MembershipEntry } from '../wire/frames.ts'
import { foldedText } from './membership-row.tsx'
import { membershipGroups } from './memberships.ts'

/** `+ada` joined, `-ada` left. */
function run(...changes: string[]): MembershipEntry[] {
  return changes.map((change, at) => ({
    seq: at + 1,
    kind: change.startsWith('+') ? 'joined' : 'left',
    personId: change.slice(1),
    name: change.slice(1),
    sentAt: '2026-11-23T12:00:00Z',
  }))
}

function text(...changes: string[]): string {
  return foldedText(en, membershipGroups(run(...changes)))
}

describe('a run of comings and goings', () => {
  it('names few people, and counts the others of many', () => {
    expect(text('+Ada', '+Grace')).toBe('Ada and Grace joined')
    expect(text('+Ada', '+Grace', '+Linus')).toBe('Ada, Grace and Linus joined')
    expect(text('+Ada', '+Grace', '+Linus', '+Alan')).toBe('Ada, Grace and 2 others joined')
    const many = Array.from({ length: 198 }, (_, at) => `+p${at}`)
    expect(text('+Ada', '+Grace', ...many)).toBe('Ada, Grace and 198 others joined')
  })

  it('says each person once, by what became of them', () => {
    expect(text('+Ada', '-Grace', '+Linus')).toBe('Ada and Linus joined; Grace left')
    expect(text('+Ada', '-Ada')).toBe('Ada joined and left')
    expect(text('-Ada', '+Ada')).toBe('Ada left and came back')
    expect(text('+Ada', '-Ada', '+Ada')).toBe('Ada joined')
    expect(text('-Ada', '+Ada', '-Ada', '+Grace', '-Alan')).toBe('Ada and Alan left; Grace joined')
  })

  it('is said in Chinese, too', () => {
    const groups = membershipGroups(run('+甲', '+乙', '+丙', '+丁', '-戊'))
    expect(foldedText(zh, groups)).toBe('甲、乙 等 4 人 加入了房间；戊 离开了房间')
    expect(foldedText(zh, membershipGroups(run('+甲', '+乙')))).toBe('甲 和 乙 加入了房间')
  })

  it('calls people what they are called last', () => {
    const [first, second] = run('+ada', '-ada')
    const renamed = { ...second, displayName: 'Ada L.' } as MembershipEntry
    expect(foldedText(en, membershipGroups([first as MembershipEntry, renamed]))).toBe(
      'Ada L. joined and left',
    )
  })
})
