import { formatRecent } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { useToday } from '../ui/today.ts'
import { shownCount } from './reading.ts'
import type { Above } from './use-reading.ts'

/** Says what is unread above, and leads there; or marks it as read. */
export function UnreadAbove(props: {
  readonly above: Above | null
  readonly onJump: () => void
  readonly onRead: () => void
}) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  useToday()
  const { above } = props
  if (above === null) {
    return null
  }
  const count = shownCount(above.unread)
  const leadsTo = above.mentions > 0 ? texts.chat.toFirstMention : texts.chat.toFirstUnread
  return (
    <div className="unread-above" data-testid="unread-above">
      <button type="button" className="unread-above-jump" title={leadsTo} onClick={props.onJump}>
        <span className="unread-above-up">
          <Icon name="down" />
        </span>
        <span className="unread-above-text">
          {above.mentions > 0
            ? texts.chat.mentioned(above.mentions, shownCount(above.mentions))
            : above.since === null
              ? texts.chat.newMessages(above.unread, count)
              : texts.chat.newSince(count, formatRecent(new Date(above.since), new Date(), locale))}
        </span>
        <span className="sr-only">{leadsTo}</span>
      </button>
      <button
        type="button"
        className="unread-above-read"
        aria-label={texts.chat.markRead}
        title={texts.chat.markReadHint}
        onClick={props.onRead}
      >
        <Icon name="check" />
      </button>
    </div>
  )
}

/** Leads to the end, and says how much is new there; and to what mentions the reader on the way. */
export function ToNewest(props: {
  readonly unread: number
  readonly mentions: number
  readonly onJump: () => void
  readonly onMention: () => void
}) {
  const texts = useTexts()
  const { unread, mentions } = props
  return (
    <div className="conversation-pill-place">
      {mentions > 0 ? (
        <button
          type="button"
          className="conversation-pill conversation-pill-mention"
          title={texts.chat.toNextMention}
          onClick={props.onMention}
          data-testid="to-mention"
        >
          <Icon name="down" />
          {texts.chat.mentioned(mentions, shownCount(mentions))}
          <span className="sr-only">{texts.chat.toNextMention}</span>
        </button>
      ) : null}
      <button
        type="button"
        className="conversation-pill"
        onClick={props.onJump}
        data-testid="to-newest"
      >
        <Icon name="down" />
        {unread > 0 ? texts.chat.newMessages(unread, shownCount(unread)) : texts.chat.toBottom}
      </button>
    </div>
  )
}
