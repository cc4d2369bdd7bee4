import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { MessageEntry } from '../wire/frames.ts'
import { Problem } from '../wire/problem.ts'
import { ChatClient } from './chat-client.ts'
import {
  breakLine,
  connect,
  connectBeforeEach,
  deleted,
  edited,
  entry,
  historyOf,
  log,
  me,
  message,
  page,
  parts,
  place,
  subscribed,
  takeSent,
  welcome,
} from './chat-client-fixture.ts'
import { editDraft, keepEditDraft } from './edit-drafts.ts'
import { messageAt } from './room-log.ts'

connectBeforeEach()

function texts(): string[] {
  return log().entries.map((each) =>
    each.kind !== 'message' ? each.kind : each.deleted === undefined ? each.text : 'deleted',
  )
}

function draft(seq: number): string | undefined {
  return editDraft(parts().kept, 'lobby', seq)?.text
}

const kept = () => parts().kept

beforeEach(() => {
  page.line.onFrames([subscribed(10, 10)])
})

describe('what others change', () => {
  it('shows in the message, and counts as a place', async () => {
    page.line.onFrames([entry(11), entry(12), edited(13, 11), deleted(14, 12)])
    expect(texts()).toEqual(['edited 13', 'deleted'])
    breakLine()
    takeSent()
    await connect()
    expect(takeSent()).toMatchObject([{ type: 'subscribe', after: 14 }])
  })

  it('while older messages are under way shows in these', () => {
    page.chat.loadOlder('lobby')
    page.line.onFrames([edited(11, 9), deleted(12, 10)])
    page.line.onFrames([historyOf('lobby', [message(9), message(10)], 9, 10)])
    expect(texts()).toEqual(['edited 11', 'deleted'])
  })

  it('is in what is asked for later, also after a break of the line', async () => {
    page.chat.loadOlder('lobby')
    page.line.onFrames([edited(11, 9)])
    breakLine()
    expect(log().older).toBeNull()
    await connect()
    page.line.onFrames([subscribed(11, 11)])
    page.chat.loadOlder('lobby')
    const now = { ...message(9), text: 'newer still', version: 12 }
    page.line.onFrames([historyOf('lobby', [now], 9, 10), edited(12, 9, 'newer still')])
    expect(texts()).toEqual(['newer still'])
  })

  it('is asked for on from where a page of nothing but changes begins', () => {
    page.chat.open('lobby')
    takeSent()
    page.line.onFrames([historyOf('lobby', [], 5, 10)])
    page.chat.loadOlder('lobby')
    expect(takeSent()).toMatchObject([{ type: 'history', before: 5 }])
  })

  it('is no news', () => {
    page.line.onFrames([entry(11), edited(12, 11)])
    page.chat.markRead('lobby')
    expect(place()).toBe(12)
  })
})

describe('a message that is answered and is not here', () => {
  it('is read once for all who show it, and changes with the log', async () => {
    const get = vi.fn(() => Promise.resolve(message(3)))
    page.messages = { ...page.messages, get }
    await Promise.all([page.chat.readQuoted('lobby', 3), page.chat.readQuoted('lobby', 3)])
    await page.chat.readQuoted('lobby', 3)
    expect(get.mock.calls).toEqual([['lobby', 3]])
    page.line.onFrames([edited(11, 3)])
    expect(messageAt(log(), 3)).toMatchObject({ text: 'edited 11' })
  })

  it('is asked for again after it could not be read', async () => {
    const get = vi.fn(() => Promise.reject(new Problem('unreachable', 0, '')))
    page.messages = { ...page.messages, get }
    await page.chat.readQuoted('lobby', 3)
    expect(messageAt(log(), 3)).toBeNull()
    await page.chat.readQuoted('lobby', 3)
    expect(get).toHaveBeenCalledTimes(2)
  })

  it('is not asked for if it is here', async () => {
    page.line.onFrames([entry(11)])
    const get = vi.fn(() => Promise.resolve(message(11)))
    page.messages = { ...page.messages, get }
    await page.chat.readQuoted('lobby', 11)
    await page.chat.readQuoted('nowhere', 11)
    expect(get).not.toHaveBeenCalled()
  })
})

describe('an edit of mine', () => {
  const now: MessageEntry = { ...message(11, me), text: 'better', version: 12 }

  beforeEach(() => {
    page.line.onFrames([entry(11, me)])
  })

  it('shows as soon as the server has it, and once', async () => {
    const edit = vi.fn(() => Promise.resolve(now))
    page.messages = { ...page.messages, edit }
    expect(await page.chat.editMessage('lobby', 11, 11, 'better')).toBe('saved')
    expect(edit.mock.calls).toEqual([['lobby', 11, 11, 'better']])
    expect(texts()).toEqual(['better'])
    page.line.onFrames([edited(12, 11, 'better')])
    expect(texts()).toEqual(['better'])
  })

  it('does not overwrite what was changed elsewhere', async () => {
    page.messages = {
      ...page.messages,
      edit: () => Promise.reject(new Problem('precondition-failed', 412, '')),
      get: () => Promise.resolve({ ...now, text: 'from my phone' }),
    }
    expect(await page.chat.editMessage('lobby', 11, 11, 'mine')).toBe('changed-elsewhere')
    expect(texts()).toEqual(['from my phone'])
  })

  it('is saved if only the answer to the first attempt got lost', async () => {
    page.messages = {
      ...page.messages,
      edit: () => Promise.reject(new Problem('precondition-failed', 412, '')),
      get: () => Promise.resolve(now),
    }
    expect(await page.chat.editMessage('lobby', 11, 11, 'better')).toBe('saved')
  })

  it('fails with the reason when there is no line', async () => {
    const edit = () => Promise.reject(new Problem('unreachable', 0, ''))
    page.messages = { ...page.messages, edit }
    await expect(page.chat.editMessage('lobby', 11, 11, 'x')).rejects.toMatchObject({
      slug: 'unreachable',
    })
    expect(texts()).toEqual(['text 11'])
  })

  it('of a message that was deleted meanwhile shows that', async () => {
    const by = { ...me, at: '2026-11-23T09:00:00Z' }
    page.messages = {
      ...page.messages,
      edit: () => Promise.reject(new Problem('message-deleted', 410, '')),
      get: () => Promise.resolve({ ...now, text: '', deleted: by }),
    }
    keepEditDraft(kept(), 'lobby', 11, { version: 11, text: 'mine' })
    expect(await page.chat.editMessage('lobby', 11, 11, 'mine')).toBe('changed-elsewhere')
    expect(texts()).toEqual(['deleted'])
    expect(draft(11)).toBeUndefined()
  })
})

describe('a message that I delete', () => {
  it('is gone as soon as the server says so', async () => {
    page.line.onFrames([entry(11)])
    page.messages = { ...page.messages, delete: () => Promise.resolve() }
    await page.chat.deleteMessage('lobby', 11)
    expect(texts()).toEqual(['deleted'])
    expect(log().entries[0]).toMatchObject({ text: '', deleted: { personId: 'me' } })
  })

  it('stays if the server does not allow it', async () => {
    page.line.onFrames([entry(11)])
    const refused = () => Promise.reject(new Problem('edit-time-over', 403, ''))
    page.messages = { ...page.messages, delete: refused }
    await expect(page.chat.deleteMessage('lobby', 11)).rejects.toMatchObject({
      slug: 'edit-time-over',
    })
    expect(texts()).toEqual(['text 11'])
  })
})

describe('of a deleted message, this browser keeps nothing', () => {
  it('that was typed over it', () => {
    for (const seq of [9, 10, 11]) {
      keepEditDraft(kept(), 'lobby', seq, { version: seq, text: `over ${seq}\nmore` })
    }
    expect(draft(9)).toBe('over 9\nmore')
    page.line.onFrames([deleted(11, 10)])
    expect([draft(9), draft(10), draft(11)]).toEqual(['over 9\nmore', undefined, 'over 11\nmore'])
  })

  it('when the page is loaded again and finds it deleted', async () => {
    keepEditDraft(kept(), 'lobby', 9, { version: 9, text: 'over 9' })
    page.chat.stop()
    page.chat = new ChatClient(parts())
    await connect()
    page.line.onFrames([subscribed(10, 10)])
    const gone = { ...message(9), text: '', deleted: { ...me, at: '2026-11-23T09:00:00Z' } }
    page.line.onFrames([historyOf('lobby', [gone], 9, 10)])
    expect(draft(9)).toBeUndefined()
  })

  it('of a message whose acknowledgement got lost', () => {
    page.chat.post('lobby', { text: 'secret' })
    const { clientMessageId = '' } = log().pending[0] ?? {}
    page.line.onFrames([
      { type: 'entry', roomId: 'lobby', entry: { ...message(11, me, clientMessageId), text: '' } },
      deleted(12, 11, me),
    ])
    expect(log().pending).toEqual([])
    expect(page.forgotten).toEqual([clientMessageId])
  })
})

describe('the time for edits', () => {
  it('is by the clock of the server', async () => {
    vi.setSystemTime(Date.parse('2026-11-23T07:59:00Z'))
    page.line.onFrames([{ ...welcome('first'), editSeconds: 60 } as ReturnType<typeof welcome>])
    expect(page.chat.store.get().editTime).toEqual({ seconds: 60, clockAheadMillis: 60_000 })
  })
})
