import { useEffect } from 'react'
import { createStore, useStore } from '../ui/store.ts'
import { isFewEmoji } from './emoji-text.ts'

type ToHtml = (text: string) => string

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
export function MessageText({ text }: { readonly text: string }) {
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
    <div
      className="message-text"
      data-copied
      // biome-ignore lint/security/noDangerouslySetInnerHtml: markdown.ts made it safe, and is tested for it
      dangerouslySetInnerHTML={{ __html: toHtml(text) }}
    />
  )
}
