import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import type { Highlight } from './highlight.ts'
import { names, type TextNames } from './markdown-names.ts'
import { spoilers } from './markdown-spoiler.ts'
import { tasks } from './markdown-tasks.ts'

// Two locks: markdown-it lets no HTML of the sender through, and DOMPurify lets only these through
// should markdown-it ever be wrong. Images are links: a message must not make every reader's browser
// call a stranger.
let highlight: Highlight | null = null
const markdown = new MarkdownIt({
  html: false,
  linkify: true,
  breaks: true,
  typographer: false,
  // An empty answer leaves the code to markdown-it, which escapes it.
  highlight: (code, language) => highlight?.(code, language.toLowerCase()) ?? '',
})
markdown.disable(['image']).use(spoilers).use(tasks).use(names)

const allowedTags = [
  'a',
  'blockquote',
  'br',
  'code',
  'del',
  'em',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'input',
  'label',
  'li',
  'ol',
  'p',
  'pre',
  's',
  'span',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
]
const allowedAttributes = ['href', 'title', 'start', 'class', 'type', 'checked', 'disabled']
/** Those of highlight.js and of our own syntax: no other look of the page can be borrowed. */
const allowedClass = /^(?:hljs-[a-z_-]+|[a-z]+_{1,2}|spoiler|task|mention|mention-me)$/

const purify = DOMPurify()
purify.addHook('uponSanitizeAttribute', (_, data) => {
  if (data.attrName === 'class') {
    data.attrValue = data.attrValue
      .split(/\s+/)
      .filter((name) => allowedClass.test(name))
      .join(' ')
    data.keepAttr = data.attrValue !== ''
  }
})
purify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'INPUT') {
    node.setAttribute('type', 'checkbox')
    node.setAttribute('disabled', '')
  }
  if (node.tagName === 'A' && !isOwnRoom(node)) {
    node.setAttribute('target', '_blank')
    node.setAttribute('rel', 'noopener noreferrer nofollow')
  }
  if (hasOwnDirection(node)) {
    node.setAttribute('dir', 'auto')
  }
})

/** A link into a room of ours opens in place. */
function isOwnRoom(link: Element): boolean {
  return link.getAttribute('href')?.startsWith(`${window.location.origin}/#/rooms/`) ?? false
}

/**
 * Each block and each cell reads in the direction of its first letter. What stands inside of a block
 * does not: then a list would not know on which side its marks are. Code reads from left to right.
 */
function hasOwnDirection(node: Element): boolean {
  const isCell = node.tagName === 'TD' || node.tagName === 'TH'
  const isBlock = node.parentElement?.tagName === 'BODY' && node.tagName !== 'PRE'
  return isCell || (isBlock && node.tagName !== 'TABLE')
}

const rendered = new Map<string, string>()
const renderedMax = 1_000

/**
 * A message's text as HTML that is safe to put into the page; code is coloured by `colours`, and
 * `names` says whom and what it names.
 */
export function messageHtml(
  text: string,
  colours: Highlight | null = null,
  names: TextNames | null = null,
): string {
  if (colours !== highlight) {
    highlight = colours
    rendered.clear()
  }
  // What names mean changes: the view keeps that.
  if (names !== null) {
    return safeHtml(text, names)
  }
  const known = rendered.get(text)
  if (known !== undefined) {
    return known
  }
  const html = safeHtml(text, null)
  if (rendered.size >= renderedMax) {
    rendered.clear()
  }
  rendered.set(text, html)
  return html
}

function safeHtml(text: string, names: TextNames | null): string {
  return purify.sanitize(markdown.render(text, { names }), {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  })
}
