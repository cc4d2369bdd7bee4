import type MarkdownIt from 'markdown-it'
import type { Token } from 'markdown-it'
import { visibleName } from '../ui/shown-name.tsx'
import { type NamePlace, namesIn } from './names-in-text.ts'

/** What stands in a text for a name behind `@`. */
export interface ShownMention {
  /** What the person is called, without `@`. */
  readonly shown: string
  /** The name, if they are called something else. */
  readonly name: string | null
  /** Whose card it opens; absent for `@room` and `@here`. */
  readonly personId?: string
  /** Does it mean the reader? */
  readonly me: boolean
}

/** What the names of one text mean, by their keys. */
export interface TextNames {
  readonly mentions: ReadonlyMap<string, ShownMention>
  /** Addresses of rooms. */
  readonly rooms: ReadonlyMap<string, string>
}

const noMentions: TextNames['mentions'] = new Map()

type NewToken = new (type: string, tag: string, nesting: -1 | 0 | 1) => Token

type Place = { readonly mention: ShownMention } | { readonly href: string }

/**
 * `@name` that the message mentions, and `#room` that the reader can open; `env.names` says which.
 * Not in code and links, and mentions not in quotes: there the service finds none.
 */
export function names(markdown: InstanceType<typeof MarkdownIt>): void {
  // Before what is escaped becomes text like any other.
  markdown.core.ruler.before('text_join', 'names', ({ env, tokens, Token }) => {
    const { names: all } = env as { readonly names: TextNames | null }
    if (all !== null) {
      nameIn(tokens, all, Token)
    }
  })
}

function nameIn(tokens: readonly Token[], all: TextNames, made: NewToken): void {
  const quoted = { ...all, mentions: noMentions }
  let quotes = 0
  for (const token of tokens) {
    if (token.tag === 'blockquote') {
      quotes += token.nesting
    } else if (token.children !== null) {
      token.children = withNames(token.children, quotes === 0 ? all : quoted, made)
    }
  }
}

function withNames(tokens: readonly Token[], names: TextNames, made: NewToken): Token[] {
  const result: Token[] = []
  let links = 0
  let run: Token[] = []
  const endRun = () => {
    result.push(...(links > 0 ? run : namedRun(run, names, made)))
    run = []
  }
  for (const token of tokens) {
    if (isText(token)) {
      run.push(token)
    } else {
      endRun()
      links += token.tag === 'a' ? token.nesting : 0
      result.push(token)
    }
  }
  endRun()
  return result
}

/** `\@` ends a piece of text: no name begins there. */
function isText({ type, markup }: Token): boolean {
  return type === 'text' || (type === 'text_special' && markup !== '\\@' && markup !== '\\#')
}

function namedRun(run: readonly Token[], names: TextNames, made: NewToken): readonly Token[] {
  const text = run.map(({ content }) => content).join('')
  const places: readonly NamePlace<Place>[] = [
    ...namesIn(text, '@', names.mentions).map(({ meant, ...at }) => ({
      ...at,
      meant: { mention: meant },
    })),
    ...namesIn(text, '#', names.rooms).map(({ meant, ...at }) => ({
      ...at,
      meant: { href: meant },
    })),
  ].sort((one, other) => one.from - other.from)
  if (places.length === 0) {
    return run
  }
  const textOf = (content: string) => Object.assign(new made('text', '', 0), { content })
  const tokens: Token[] = []
  let done = 0
  for (const { from, to, meant } of places) {
    const tag = 'href' in meant ? 'a' : 'span'
    const open = new made(`${tag}_open`, tag, 1)
    open.attrs = 'href' in meant ? [['href', meant.href]] : attributesOf(meant.mention)
    const said = 'href' in meant ? text.slice(from, to) : `@${visibleName(meant.mention.shown)}`
    tokens.push(
      textOf(text.slice(done, from)),
      open,
      textOf(said),
      new made(`${tag}_close`, tag, -1),
    )
    done = to
  }
  return [...tokens, textOf(text.slice(done))]
}

function attributesOf({ name, personId, me }: ShownMention): [string, string][] {
  const attributes: [string, string][] = [['class', me ? 'mention mention-me' : 'mention']]
  if (name !== null) {
    attributes.push(['title', `@${name}`])
  }
  if (personId !== undefined) {
    attributes.push(['data-person', personId])
  }
  return attributes
}
