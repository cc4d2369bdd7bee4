import { describe, expect, it } from 'vitest'
import type { ShownEntry } from '../wire/frames.ts'
import { lastToEdit, mayDelete, mayEdit, type Rights } from './message-rights.ts'
import { addPending, emptyLog } from './room-log.ts'

const sentAt = '2026-11-23T08:00:00Z'
const sentMillis = Date.parse(sentAt)
const always = { seconds: null, clockAheadMillis: 0 }
const member: Rights = { me: 'me', role: 'member', editTime: always }
const owner: Rights = { ...member, role: 'owner' }

function said(seq: number, personId = 'me'): ShownEntry {
  return { seq, kind: 'message', personId, name: 'x', sentAt, clientMessageId: 'c', text: 'hi' }
}

function gone(seq: number): ShownEntry {
  const deleted = { personId: 'me', name: 'x', at: sentAt }
  return { ...said(seq), text: '', deleted } as ShownEntry
}

function allowed(entry: ShownEntry, rights: Rights, now = sentMillis): string {
  const edits = mayEdit(entry, rights, now) ? 'edit ' : ''
  return `${edits}${mayDelete(entry, rights, now) ? 'delete' : ''}`
}

describe('what may be done with a message', () => {
  it('is for who wrote it, and for the owner of the room', () => {
    expect(allowed(said(1), member)).toBe('edit delete')
    expect(allowed(said(1, 'grace'), member)).toBe('')
    expect(allowed(said(1, 'grace'), owner)).toBe('delete')
    expect(allowed(said(1), owner)).toBe('edit delete')
  })

  it('is nothing once it is deleted, and with what is no message', () => {
    expect(allowed(gone(1), owner)).toBe('')
    const joined = { seq: 1, kind: 'joined', personId: 'me', name: 'x', sentAt } as const
    expect(allowed(joined, owner)).toBe('')
  })

  it('ends with its time, by the clock of the server; not for the owner who deletes', () => {
    const editTime = { seconds: 60, clockAheadMillis: 10_000 }
    const inTime = sentMillis + 49_999
    expect(allowed(said(1), { ...member, editTime }, inTime)).toBe('edit delete')
    expect(allowed(said(1), { ...member, editTime }, inTime + 1)).toBe('')
    expect(allowed(said(1), { ...owner, editTime }, inTime + 1)).toBe('delete')
  })
})

describe('the last message to edit', () => {
  const entries = [said(1), said(2), gone(3), said(4, 'grace')]
  const log = { ...emptyLog(0), last: 4, entries }

  it('is the last one of mine that stands', () => {
    expect(lastToEdit(log, member, sentMillis)).toBe(2)
    expect(lastToEdit(emptyLog(0), member, sentMillis)).toBeNull()
  })

  it('is none when its time is over, or while mine are on their way', () => {
    const editTime = { seconds: 1, clockAheadMillis: 0 }
    expect(lastToEdit(log, { ...member, editTime }, sentMillis + 5_000)).toBeNull()
    const message = { clientMessageId: 'c', text: 'x', writtenAt: sentAt, problem: null }
    const sending = addPending(log, [{ ...message, state: 'sending', kept: true }])
    expect(lastToEdit(sending, member, sentMillis)).toBeNull()
  })
})
