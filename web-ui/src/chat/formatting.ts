/** A text, and what of it is selected. */
export interface Selected {
  readonly text: string
  readonly from: number
  readonly to: number
}

export type Mark = 'bold' | 'italic' | 'strike' | 'code' | 'spoiler' | 'quote' | 'list' | 'link'

const around: { readonly [mark: string]: string } = {
  bold: '**',
  italic: '_',
  strike: '~~',
  code: '`',
  spoiler: '||',
}
const before: { readonly [mark: string]: string } = { quote: '> ', list: '- ' }

/** The text with a mark set at what is selected, or taken away if it is there. */
export function formatted(selected: Selected, mark: Mark): Selected {
  const sign = around[mark]
  if (mark === 'link') {
    return linked(selected)
  }
  if (sign === undefined) {
    return withLines(selected, before[mark] ?? '')
  }
  return mark === 'code' && chosen(selected).includes('\n')
    ? wrapped(selected, '```\n', '\n```')
    : wrapped(selected, sign, sign)
}

function chosen({ text, from, to }: Selected): string {
  return text.slice(from, to)
}

/** Marks stand at letters: blanks at the ends of a selection stay outside. */
function tight(selected: Selected): Selected {
  const part = chosen(selected)
  if (part.trim() === '') {
    return selected
  }
  return {
    text: selected.text,
    from: selected.from + part.length - part.trimStart().length,
    to: selected.to - (part.length - part.trimEnd().length),
  }
}

function wrapped(selected: Selected, open: string, close: string): Selected {
  const { text, from, to } = tight(selected)
  const outside = text.slice(0, from).endsWith(open) && text.slice(to).startsWith(close)
  if (outside) {
    const start = from - open.length
    return {
      text: text.slice(0, start) + text.slice(from, to) + text.slice(to + close.length),
      from: start,
      to: to - open.length,
    }
  }
  return {
    text: text.slice(0, from) + open + text.slice(from, to) + close + text.slice(to),
    from: from + open.length,
    to: to + open.length,
  }
}

function withLines({ text, from, to }: Selected, sign: string): Selected {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const newline = text.indexOf('\n', to)
  const end = newline < 0 ? text.length : newline
  const lines = text.slice(start, end).split('\n')
  const has = lines.every((line) => line.startsWith(sign))
  const changed = lines.map((line) => (has ? line.slice(sign.length) : sign + line)).join('\n')
  const after = start + changed.length
  return {
    text: text.slice(0, start) + changed + text.slice(end),
    from: from === to ? after : start,
    to: after,
  }
}

/** What is selected is the address, or else what the reader sees; the other one is to be written. */
function linked(selected: Selected): Selected {
  const { text, from, to } = tight(selected)
  const part = text.slice(from, to)
  const isAddress = /^https?:\/\/\S+$/.test(part)
  const link = isAddress ? `[](${part})` : `[${part}](https://)`
  const whole = text.slice(0, from) + link + text.slice(to)
  if (isAddress) {
    return { text: whole, from: from + 1, to: from + 1 }
  }
  const address = from + part.length + 3
  return { text: whole, from: address, to: address + 'https://'.length }
}
