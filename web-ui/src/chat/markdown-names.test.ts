// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nameKey } from '../wire/names.ts'
import { messageHtml } from './markdown.ts'
import type { ShownMention } from './markdown-names.ts'

interface Example {
  readonly text: string
  readonly members: readonly string[]
  readonly mentions: readonly string[]
  readonly room?: boolean
  readonly here?: boolean
}

const { cases }: { readonly cases: readonly Example[] } = JSON.parse(
  readFileSync('../contracts/mentions.json', 'utf8'),
)

const noRooms = new Map<string, string>()

function person(shown: string, more: Partial<ShownMention> = {}): ShownMention {
  return { shown, name: null, me: false, ...more }
}

function show(text: string, mentions: ReadonlyMap<string, ShownMention>, rooms = noRooms): Element {
  const page = document.createElement('div')
  page.innerHTML = messageHtml(text, null, { mentions, rooms })
  return page
}

function mentioned(page: Element): (string | null)[] {
  return [...page.querySelectorAll('.mention')].map((each) => each.textContent)
}

describe('what a text mentions', () => {
  it.each(cases)('is what the contract says: $text', ({ text, members, mentions, room, here }) => {
    const known = new Map(members.map((name) => [nameKey(name), person(name)]))
    known.set('room', person('room')).set('here', person('here'))
    const called = mentioned(show(text, known))
    const expected = [...mentions, ...(room ? ['room'] : []), ...(here ? ['here'] : [])]
    expect(new Set(called)).toEqual(new Set(expected.map((name) => `@${name}`)))
  })

  it('is shown as people are called, and says their name', () => {
    const ada = person('Ada L. <b>', { name: 'ada' })
    const page = show('hi @ADA!', new Map([['ada', ada]]))
    expect(page.textContent?.trim()).toBe('hi @Ada L. <b>!')
    expect(page.querySelector('.mention')?.getAttribute('title')).toBe('@ada')
    expect(page.querySelector('b')).toBeNull()
  })

  it('stands out where it means the reader', () => {
    const known = new Map([
      ['ada', person('ada', { me: true })],
      ['grace', person('grace')],
    ])
    const page = show('@ada @grace', known)
    expect(page.querySelector('.mention-me')?.textContent).toBe('@ada')
    expect(mentioned(page)).toHaveLength(2)
  })

  it('cannot be written by hand', () => {
    expect(mentioned(show('<span class="mention">@ada</span>', new Map()))).toEqual([])
  })
})

describe('the name of a room', () => {
  const loom = `${window.location.origin}/#/rooms/r1`
  const rooms = new Map([[nameKey('Loom'), loom]])
  const none = new Map<string, ShownMention>()

  it('leads there in place, also out of a quote', () => {
    const page = show('see #loom, not #other\n\n> #LOOM', none, rooms)
    const links = [...page.querySelectorAll('a')]
    expect(links.map((link) => [link.textContent, link.href, link.target])).toEqual([
      ['#loom', loom, ''],
      ['#LOOM', loom, ''],
    ])
  })

  it.each(['`#loom`', '[#loom](https://example.org)', 'a#loom', '\\#loom', '#looms', '##loom'])(
    'stays text in %s',
    (text) => {
      expect([...show(text, none, rooms).querySelectorAll(`a[href="${loom}"]`)]).toEqual([])
    },
  )
})
