import type MarkdownIt from 'markdown-it'

const task = /^\[([ xX])\] +/

/** `- [x] done`: a box that shows what is done; nobody can tick it here. */
export function tasks(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.core.ruler.after('inline', 'tasks', ({ tokens, Token }) => {
    tokens.forEach((token, at) => {
      const item = tokens[at - 2]
      const first = token.children?.[0]
      if (
        token.type !== 'inline' ||
        item?.type !== 'list_item_open' ||
        tokens[at - 1]?.type !== 'paragraph_open' ||
        first?.type !== 'text' ||
        token.children === null
      ) {
        return
      }
      const [whole, mark] = task.exec(first.content) ?? []
      if (whole === undefined) {
        return
      }
      first.content = first.content.slice(whole.length)
      const open = new Token('label_open', 'label', 1)
      const box = new Token('task_box', 'input', 0)
      box.attrs = [
        ['type', 'checkbox'],
        ['disabled', ''],
        ...(mark === ' ' ? [] : [['checked', ''] as [string, string]]),
      ]
      token.children = [open, box, ...token.children, new Token('label_close', 'label', -1)]
      item.attrJoin('class', 'task')
    })
  })
}
