import { describe, expect, it } from 'vitest'
import { keepReplyDraft, replyDraft } from './reply-draft.ts'

describe('what the next message answers', () => {
  it('is kept with the room until it is sent', () => {
    const kept = new Map<string, string>()
    const drafts = {
      draft: (place: string) => kept.get(place) ?? '',
      setDraft: (place: string, text: string) => void kept.set(place, text),
    }
    expect(replyDraft(drafts, 'lobby')).toBeNull()
    keepReplyDraft(drafts, 'lobby', 7)
    expect(replyDraft(drafts, 'lobby')).toBe(7)
    expect(replyDraft(drafts, 'plans')).toBeNull()
    expect(drafts.draft('lobby')).toBe('')
    keepReplyDraft(drafts, 'lobby', null)
    expect(replyDraft(drafts, 'lobby')).toBeNull()
    expect([...kept.values()]).toEqual([''])
  })
})
