import { useContext, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useTexts } from '../ui/language.ts'
import { createStore, useStore } from '../ui/store.ts'
import type { Mentions, PersonRef } from '../wire/frames.ts'
import { isFewEmoji } from './emoji-text.ts'
import { askForHighlighter, type Highlight, highlighter } from './highlight.ts'
import type { TextNames } from './markdown-names.ts'
import { openCard } from './opened-card.ts'
import { RoomNamesContext, useTextNames } from './room-names.ts'

type ToHtml = (text: string, colours: Highlight | null, names: TextNames | null) => string

/** Reads Markdown, once it is here. A third of the page's script is Markdown: the first room does not wait for it. */
const reader = createStore<ToHtml | null>(null)
let reading: Promise<void> | null = null

/** Fetches what reads Markdown; without a line, the next message asks again. */
export function readMarkdown(): Promise<void> {
  reading ??= import('./markdown.ts').then(
    ({ messageHtml }) => reader.set(messageHtml),
    () => {
      reading = null
    },
  )
  return reading
}

/** Text that Markdown would leave as it is: one line of words. */
export function isPlain(text: string): boolean {
  return /^(?! )[\p{L}\p{N}\p{Emoji_Presentation} ,?!'"’“”„…，。！？、：；（）《》「」]*$/u.test(
    text,
  )
}

/** What somebody wrote: as they wrote it until it can be read as Markdown. */
export function MessageText(props: {
  readonly text: string
  readonly mentions?: Mentions | undefined
  /** The id of who wrote it. */
  readonly author?: string
}) {
  const { text } = props
  const names = useTextNames(text, props.mentions, props.author)
  const toHtml = useStore(reader, (value) => value)
  const asItIs = isPlain(text)
  useEffect(() => {
    if (!asItIs) {
      void readMarkdown()
    }
  }, [asItIs])
  if (isFewEmoji(text)) {
    return (
      <p className="message-text message-emoji" data-copied>
        {text}
      </p>
    )
  }
  return asItIs || toHtml === null ? (
    <div className="message-text message-text-plain" data-copied>
      <p dir="auto">{text}</p>
    </div>
  ) : (
    <MarkedText text={text} toHtml={toHtml} names={names} />
  )
}

function MarkedText(props: {
  readonly text: string
  readonly toHtml: ToHtml
  readonly names: TextNames | null
}) {
  const texts = useTexts()
  const { text, toHtml, names } = props
  const colours = useStore(highlighter, (value) => value)
  const html = useMemo(() => toHtml(text, colours, names), [toHtml, text, colours, names])
  const place = useRef<HTMLDivElement>(null)
  const hasCode = html.includes('<pre')
  useEffect(() => {
    if (hasCode) {
      askForHighlighter()
    }
  }, [hasCode])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other HTML has other spoilers
  useLayoutEffect(() => {
    for (const spoiler of place.current?.querySelectorAll('.spoiler:not(.spoiler-open)') ?? []) {
      spoiler.setAttribute('role', 'button')
      spoiler.setAttribute('tabindex', '0')
      spoiler.setAttribute('aria-label', texts.chat.showSpoiler)
    }
    for (const mention of place.current?.querySelectorAll('.mention[data-person]') ?? []) {
      mention.setAttribute('role', 'button')
      mention.setAttribute('tabindex', '0')
      mention.setAttribute('aria-haspopup', 'dialog')
    }
  }, [html, texts])
  const { people } = useContext(RoomNamesContext)
  const open = (target: EventTarget) => openSpoiler(target) || openMention(target, people)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is clicked is a spoiler or a name inside, which is a button
    <div
      ref={place}
      className="message-text"
      data-copied
      onClick={(event) => open(event.target)}
      onKeyDown={(event) => {
        if ((event.key === 'Enter' || event.key === ' ') && open(event.target)) {
          event.preventDefault()
        }
      }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: markdown.ts made it safe, and is tested for it
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}

/** Shows the card of whom a text names. */
function openMention(target: EventTarget, people: ReadonlyMap<string, PersonRef>): boolean {
  const mention = target instanceof Element ? target.closest('.mention[data-person]') : null
  const person = people.get(mention?.getAttribute('data-person') ?? '')
  if (mention !== null && person !== undefined) {
    openCard(person, mention)
  }
  return mention !== null
}

/** Shows what is hidden; from then on it is text like any other. */
function openSpoiler(target: EventTarget): boolean {
  const spoiler = target instanceof Element ? target.closest('.spoiler:not(.spoiler-open)') : null
  spoiler?.classList.add('spoiler-open')
  for (const name of ['role', 'tabindex', 'aria-label']) {
    spoiler?.removeAttribute(name)
  }
  return spoiler !== null
}
