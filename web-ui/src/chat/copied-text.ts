/** Elements that a reader sees as lines of their own. */
const blocks = 'P, LI, PRE, BLOCKQUOTE, H1, H2, H3, H4, H5, H6, TR, HR, DIV'
const cells = 'TD, TH'

/**
 * What a selection in a conversation copies: the text alone of one message, and of several a line for
 * each: who, when, what. `null` leaves it to the browser.
 */
export function copiedText(conversation: Element, selection: Selection | null): string | null {
  const range = selection?.rangeCount === 1 ? selection.getRangeAt(0) : null
  if (range === null || range.collapsed) {
    return null
  }
  const said = [...conversation.querySelectorAll('[data-said-by]')]
    .filter((message) => range.intersectsNode(message))
    .map((message) => ({ message, text: selectedText(message, range) }))
    .filter(({ text }) => text !== '')
  const [only] = said
  if (only === undefined) {
    return null
  }
  return said.length === 1
    ? only.text
    : said.map(({ message, text }) => `${headOf(message)}: ${text}`).join('\n')
}

function headOf(message: Element): string {
  const at = message.querySelector('time')?.textContent ?? ''
  return `${message.getAttribute('data-said-by') ?? ''}, ${at}`
}

function selectedText(message: Element, range: Range): string {
  const content = message.querySelector('[data-copied]')
  if (content === null || !range.intersectsNode(content)) {
    return ''
  }
  const selected = document.createRange()
  selected.selectNodeContents(content)
  if (range.compareBoundaryPoints(Range.START_TO_START, selected) > 0) {
    selected.setStart(range.startContainer, range.startOffset)
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, selected) < 0) {
    selected.setEnd(range.endContainer, range.endOffset)
  }
  const around = selected.commonAncestorContainer
  const inCode = (around instanceof Element ? around : around.parentElement)?.closest('pre') != null
  return linesOf(selected.cloneContents(), inCode)
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The text as one sees it: a line for each block, and blanks as they are only in code. */
function linesOf(node: Node, inCode: boolean): string {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.textContent ?? ''
    return inCode ? text : blanksCollapsed(text, node.previousSibling)
  }
  if (node.nodeName === 'BR') {
    return '\n'
  }
  if (node instanceof HTMLElement && node.matches('.mention[title]')) {
    return node.title
  }
  const code = inCode || node.nodeName === 'PRE'
  const inner = [...node.childNodes].map((each) => linesOf(each, code)).join('')
  if (!(node instanceof Element)) {
    return inner
  }
  return node.matches(blocks) ? `${inner}\n` : node.matches(cells) ? `${inner}\t` : inner
}

function blanksCollapsed(text: string, before: ChildNode | null): string {
  const collapsed = text.replace(/\s+/g, ' ')
  const beginsLine = before === null || before.nodeName === 'BR' || isBlock(before)
  return beginsLine ? collapsed.trimStart() : collapsed
}

function isBlock(node: Node): boolean {
  return node instanceof Element && node.matches(blocks)
}
