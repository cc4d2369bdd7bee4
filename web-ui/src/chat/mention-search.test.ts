import { describe, expect, it } from 'vitest'
import type { Person } from '../wire/frames.ts'
import { findCallable, mentionQuery, offeredPeopleMax } from './mention-search.ts'
import type { RoomNames } from './room-names.ts'

function member(personId: string, displayName?: string): Person {
  const named = displayName === undefined ? {} : { displayName }
  return { personId, name: personId, guest: false, ...named }
}

function room(members: readonly Person[] | null, more: Partial<RoomNames> = {}): RoomNames {
  return {
    me: 'me',
    people: new Map(),
    rooms: new Map(),
    members,
    askMembers: () => undefined,
    writers: () => [],
    mayCall: { room: false, here: false },
    ...more,
  }
}

function found(names: RoomNames, typed: string): string[] {
  return findCallable(names, typed).map((each) =>
    'call' in each ? `@${each.call}` : each.person.personId,
  )
}

describe('an at sign', () => {
  it.each([
    ['@', ''],
    ['so @a', 'a'],
    ['(@Ada.L-', 'Ada.L-'],
    ['你好@小', '小'],
  ])('in %j asks for somebody', (text, typed) => {
    expect(mentionQuery(text, text.length)).toEqual({
      from: text.length - typed.length - 1,
      typed,
    })
  })

  it.each(['a@b', 'see x/@a', '@@a', '@ada ', 'ada', `@${'a'.repeat(33)}`])(
    'in %j does not',
    (text) => {
      expect(mentionQuery(text, text.length)).toBeNull()
    },
  )

  it('is looked for before the caret alone', () => {
    expect(mentionQuery('@ada, so', 3)).toEqual({ from: 0, typed: 'ad' })
  })
})

describe('who is offered', () => {
  const members = [member('me'), member('ada', 'Countess'), member('alan'), member('grace')]

  it('is everybody but me, who wrote lately first', () => {
    const names = room(members, { writers: () => ['grace', 'me', 'alan'] })
    expect(found(names, '')).toEqual(['grace', 'alan', 'ada'])
  })

  it('fits by name or by what they are called', () => {
    expect(found(room(members), 'al')).toEqual(['alan'])
    expect(found(room(members), 'COUNT')).toEqual(['ada'])
    expect(found(room(members), 'gce')).toEqual(['grace'])
    expect(found(room(members), 'zz')).toEqual([])
  })

  it('are so many, and those who may be called together if I may', () => {
    const many = Array.from({ length: 20 }, (_, at) => member(`p${at}`))
    const names = room(many, { mayCall: { room: true, here: true } })
    expect(found(names, '')).toHaveLength(offeredPeopleMax + 2)
    expect(found(room(members, { mayCall: { room: true, here: true } }), 'ro')).toEqual(['@room'])
    expect(found(room(members), 'ro')).toEqual([])
  })

  it('is nobody before the members are known', () => {
    expect(found(room(null), '')).toEqual([])
  })
})
