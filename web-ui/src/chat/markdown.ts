import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'

// Two locks: markdown-it lets no HTML of the sender through, and DOMPurify lets only these through
// should markdown-it ever be wrong. Images are links: a message must not make every reader's browser
// call a stranger.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false })
markdown.disable(['image'])

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
  'li',
  'ol',
  'p',
  'pre',
  's',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
]
const allowedAttributes = ['href', 'title', 'start']

const purify = DOMPurify()
purify.addHook('afterSanitizeAttributes', (node) => {
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

/** A message's text as HTML that is safe to put into the page. */
export function messageHtml(text: string): string {
  const known = rendered.get(text)
  if (known !== undefined) {
    return known
  }
  const html = purify.sanitize(markdown.render(text), {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  })
  if (rendered.size >= renderedMax) {
    rendered.clear()
  }
  rendered.set(text, html)
  return html
}
