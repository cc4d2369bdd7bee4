import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useLanguage, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { MessageEntry, Reaction } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import type { ReactionPeople } from '../wire/reactions.ts'
import { nameOfSign } from './emoji-groups.ts'
import { emojiTable } from './emoji-table.ts'
import type { MarkActs } from './mark-acts.ts'
import { asOfMessage } from './message-marks.ts'
import { wishKey, withWishes } from './message-reactions.ts'
import { pressMillis } from './use-active-row.ts'
import { namedReactors, whoReacted } from './who-reacted.ts'
import './reactions.css'

/** So long a pointer rests on a reaction before it is said who reacted so. */
export const hoverMillis = 300

const none: readonly Reaction[] = []

/** The reactions of a message: each a button that puts mine to it or takes it back. */
export function ReactionChips(props: {
  readonly entry: MessageEntry
  readonly acts: MarkActs
  /** The Tab key stops here too. */
  readonly active: boolean
}) {
  const texts = useTexts()
  const { entry, acts } = props
  const key = wishKey(acts.roomId, entry.seq)
  const wishes = useStore(acts.wishes, (all) => all.get(key))
  const reactions = withWishes(entry.reactions ?? none, wishes)
  const tip = useTip()
  const tipId = useId()
  const [stop, setStop] = useState(0)
  if (reactions.length === 0) {
    return null
  }
  const said = reactions.find(({ emoji }) => emoji === tip.emoji)
  const tabIndex = (at: number) =>
    props.active && at === Math.min(stop, reactions.length) ? 0 : -1
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      className="reactions"
      role="group"
      aria-label={texts.chat.reactions}
      // Only what is said anew is read out.
      aria-live="off"
      data-testid="reactions"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && tip.emoji !== null) {
          event.stopPropagation()
          tip.hide()
        }
        const next = stepOf(event)
        if (next !== null) {
          event.preventDefault()
          next.focus()
        }
      }}
      onFocus={(event) => setStop(buttonsOf(event.currentTarget).indexOf(event.target))}
    >
      {reactions.map((reaction, at) => (
        <Chip
          key={reaction.emoji}
          reaction={reaction}
          tabIndex={tabIndex(at)}
          describedBy={said === reaction ? tipId : undefined}
          tip={tip}
          onToggle={() => acts.onReact(entry.seq, reaction.emoji, !reaction.mine)}
        />
      ))}
      <button
        type="button"
        className="reaction reaction-add"
        aria-label={texts.chat.addReaction}
        aria-haspopup="dialog"
        title={texts.chat.addReaction}
        tabIndex={tabIndex(reactions.length)}
        data-testid="add-reaction"
        onClick={(event) => acts.onPick(entry.seq, event.currentTarget.getBoundingClientRect())}
      >
        <Icon name="smile" />
      </button>
      {said === undefined ? null : <Tip id={tipId} entry={entry} reaction={said} acts={acts} />}
    </div>
  )
}

function Chip(props: {
  readonly reaction: Reaction
  readonly tabIndex: number
  readonly describedBy: string | undefined
  readonly tip: ReturnType<typeof useTip>
  readonly onToggle: () => void
}) {
  const texts = useTexts()
  const language = useLanguage()
  const { tip } = props
  const { emoji, count, mine } = props.reaction
  // Who hears the page hears the name of the sign; of a sign that is known, in the page's language.
  const name = useStore(emojiTable, (all) => nameOfSign(all, emoji, language))
  return (
    <button
      type="button"
      className="reaction"
      aria-pressed={mine}
      aria-label={texts.chat.reaction(name, count, mine)}
      aria-describedby={props.describedBy}
      tabIndex={props.tabIndex}
      data-testid="reaction"
      data-emoji={emoji}
      onClick={(event) => {
        if (mine && count === 1) {
          // It goes, and the focus must not go with it.
          event.currentTarget.closest<HTMLElement>('.message')?.focus({ preventScroll: true })
        }
        props.onToggle()
      }}
      onPointerEnter={(event) => event.pointerType === 'mouse' && tip.soon(emoji, hoverMillis)}
      onPointerLeave={(event: PointerEvent) => event.pointerType === 'mouse' && tip.hide()}
      onPointerDown={(event) =>
        event.pointerType === 'mouse' ? undefined : tip.soon(emoji, pressMillis)
      }
      onPointerUp={tip.stay}
      onPointerCancel={tip.stay}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && tip.soon(emoji, 0)}
      onBlur={tip.hide}
    >
      <span className="reaction-sign">{emoji}</span>
      <span className="reaction-count">{count}</span>
    </button>
  )
}

/** Of which emoji it is said who reacted so: of one at a time, after a moment. */
function useTip() {
  const [emoji, setEmoji] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  // A finger has nothing to leave: what it shows goes with the next press.
  useEffect(() => {
    if (emoji === null) {
      return undefined
    }
    const hide = () => setEmoji(null)
    document.addEventListener('pointerdown', hide)
    return () => document.removeEventListener('pointerdown', hide)
  }, [emoji])
  return {
    emoji,
    soon: (next: string, millis: number) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setEmoji(next), millis)
    },
    /** What was to show soon does not. */
    stay: () => clearTimeout(timer.current),
    hide: () => {
      clearTimeout(timer.current)
      setEmoji(null)
    },
  }
}

function Tip(props: {
  readonly id: string
  readonly entry: MessageEntry
  readonly reaction: Reaction
  readonly acts: MarkActs
}) {
  const texts = useTexts()
  const { entry, reaction, acts } = props
  const { seq } = entry
  const asOf = asOfMessage(entry)
  const [answer, setAnswer] = useState<readonly ReactionPeople[] | null>(null)
  useEffect(() => {
    let wanted = true
    whoReacted(acts.roomId, seq, asOf).then(
      (people) => wanted && setAnswer(people),
      // The number is there anyway; the next one who asks tries again.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [acts.roomId, seq, asOf])
  if (answer === null) {
    return null
  }
  const { others, count } = namedReactors(reaction, answer, acts.me)
  const names = [...(reaction.mine ? [texts.chat.you] : []), ...others.map(shownName)]
  return names.length === 0 ? null : (
    <div id={props.id} className="reaction-tip" role="tooltip">
      {texts.chat.reactedWith(texts.chat.names(names, count), reaction.emoji)}
    </div>
  )
}

function buttonsOf(group: Element): Element[] {
  return [...group.querySelectorAll('button')]
}

function stepOf(event: KeyboardEvent): HTMLElement | null {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const buttons = buttonsOf(event.currentTarget)
  const at = buttons.indexOf(event.target as Element)
  const next = by === 0 || at < 0 ? undefined : buttons.at((at + by) % buttons.length)
  return next instanceof HTMLElement ? next : null
}
