// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { copiedText } from './copied-text.ts'
import { messageHtml } from './markdown.ts'

const conversation = document.createElement('ol')

function message(name: string, time: string, text: string): string {
  return `<li data-said-by="${name}"><span class="sr-only">${name}</span><time>${time}</time>
    <div data-copied>${messageHtml(text)}</div></li>`
}

beforeEach(() => {
  conversation.innerHTML = [
    message('ada', '08:15', 'hello **all**'),
    '<li>grace joined</li>',
    message('grace', '08:16', 'one\ntwo\n\nthree'),
    message('ada', '08:17', '- a\n- b'),
  ].join('')
  document.body.replaceChildren(conversation)
})

function textNode(text: string): Node {
  const walker = document.createTreeWalker(conversation, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (walker.currentNode.textContent?.trim() === text) {
      return walker.currentNode
    }
  }
  throw new Error(`no ${text}`)
}

function select(from: Node, fromAt: number, to: Node, toAt: number): Selection | null {
  const range = document.createRange()
  range.setStart(from, fromAt)
  range.setEnd(to, toAt)
  const selection = document.getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
  return selection
}

describe('what a selection copies', () => {
  it('is the text alone of one message', () => {
    const [first] = conversation.children
    const all = select(first ?? conversation, 0, first ?? conversation, 4)
    expect(copiedText(conversation, all)).toBe('hello all')
    expect(copiedText(conversation, select(textNode('all'), 1, textNode('all'), 3))).toBe('ll')
  })

  it('is a line for each of several messages, with who and when', () => {
    const all = select(conversation, 0, conversation, conversation.childNodes.length)
    expect(copiedText(conversation, all)).toBe(
      'ada, 08:15: hello all\ngrace, 08:16: one\ntwo\nthree\nada, 08:17: a\nb',
    )
  })

  it('keeps the lines and blanks of code', () => {
    conversation.innerHTML = message('ada', '08:15', 'see\n\n```\nif x:\n    y\n```')
    const all = select(conversation, 0, conversation, 1)
    expect(copiedText(conversation, all)).toBe('see\nif x:\n    y')
  })

  it('begins and ends where the selection does', () => {
    expect(copiedText(conversation, select(textNode('all'), 0, textNode('one'), 2))).toBe(
      'ada, 08:15: all\ngrace, 08:16: on',
    )
  })

  it('is left to the browser where nothing was said', () => {
    const note = textNode('grace joined')
    expect(copiedText(conversation, select(note, 0, note, 5))).toBeNull()
    expect(copiedText(conversation, select(note, 1, note, 1))).toBeNull()
    expect(copiedText(conversation, null)).toBeNull()
  })
})
