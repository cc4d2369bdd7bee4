import { type KeyboardEvent, memo, useEffect, useId, useRef, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { failureText, useLanguage, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import { useArrowKeys } from '../ui/use-arrow-keys.ts'
import { useTask } from '../ui/use-task.ts'
import { type EmojiGroupId, emojiGroups, gridStep, nameOfEmoji } from './emoji-groups.ts'
import { type Emoji, findEmoji } from './emoji-search.ts'
import { askForEmoji, emojiTable } from './emoji-table.ts'
import { recentEmoji } from './recent-emoji.ts'
import './emoji-picker.css'

/** Emoji in a row; emoji-picker.css says the same. */
const columns = 7
/** Emoji that a search shows; more letters find others. */
export const foundEmojiMax = 70

interface Section {
  readonly id: EmojiGroupId | 'recent' | 'found'
  readonly emoji: readonly Emoji[]
}

/** All emoji by group, those that were used last first, and a field that finds some by their names. */
export function EmojiPicker({ onChoose }: { readonly onChoose: (emoji: string) => void }) {
  const texts = useTexts()
  const all = useStore(emojiTable, (value) => value)
  const { run, failure, busy } = useTask()
  const [typed, setTyped] = useState('')
  const [recent] = useState(recentEmoji)
  const field = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    field.current?.focus()
    void run(askForEmoji)
  }, [run])
  const wanted = typed
    .trim()
    .toLowerCase()
    .replace(/[\s:]+/g, '_')
  const found = wanted === '' ? null : findEmoji(all, wanted, foundEmojiMax)
  const sections = sectionsOf(all, recent, found)
  const cells = () => [...(grid.current?.querySelectorAll<HTMLElement>('.emoji-cell') ?? [])]
  const onGridKey = (event: KeyboardEvent) => {
    const buttons = cells()
    const at = buttons.indexOf(event.target as HTMLElement)
    const sizes = sections.map(({ emoji }) => emoji.length)
    if (event.key === 'ArrowUp' && at >= 0 && at < columns && at < (sizes[0] ?? 0)) {
      event.preventDefault()
      field.current?.focus()
      return
    }
    const next = at < 0 ? null : gridStep(event.key, at, sizes, columns)
    if (next !== null) {
      event.preventDefault()
      buttons[next]?.focus()
    }
  }
  return (
    <>
      <input
        ref={field}
        type="text"
        className="field-input"
        aria-label={texts.chat.findEmoji}
        placeholder={texts.chat.findEmoji}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        data-testid="emoji-search"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) {
            return
          }
          const [first] = found ?? []
          if (event.key === 'Enter' && first !== undefined) {
            event.preventDefault()
            onChoose(first.emoji)
          } else if (event.key === 'ArrowDown') {
            event.preventDefault()
            cells()[0]?.focus()
          }
        }}
      />
      <GroupBar all={all} grid={grid} onGroup={() => setTyped('')} />
      <span className="sr-only" role="status">
        {found === null ? '' : texts.chat.emojiFound(found.length)}
      </span>
      <ProblemNotice text={failureText(texts, failure)} />
      {failure === null ? null : (
        <button type="button" className="button" onClick={() => void run(askForEmoji)}>
          {texts.common.retry}
        </button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons inside */}
      <div
        ref={grid}
        className="emoji-grid"
        onKeyDown={onGridKey}
        onFocus={(event) => settle(cells(), event.target)}
        onClick={(event) => {
          const cell = event.target instanceof Element ? event.target.closest('.emoji-cell') : null
          if (cell !== null) {
            onChoose(cell.textContent ?? '')
          }
        }}
      >
        {sections.map((section) => (
          <EmojiSection key={section.id} {...section} />
        ))}
        {busy ? <p className="empty-hint">{texts.common.loading}</p> : null}
        {found?.length === 0 && !busy ? (
          <p className="empty-hint">{texts.chat.emojiFound(0)}</p>
        ) : null}
      </div>
    </>
  )
}

function sectionsOf(
  all: readonly Emoji[],
  recent: readonly string[],
  found: readonly Emoji[] | null,
): readonly Section[] {
  if (found !== null) {
    return [{ id: 'found', emoji: found }]
  }
  const known = (sign: string) =>
    all.find(({ emoji }) => emoji === sign) ?? { emoji: sign, names: [], words: [], chinese: [] }
  const groups = all.length === 0 ? [] : emojiGroups(all)
  return [{ id: 'recent', emoji: recent.map(known) }, ...groups]
}

/** The Tab key stops at one emoji: where it was last. */
function settle(cells: readonly HTMLElement[], at: Element): void {
  for (const cell of cells) {
    cell.tabIndex = cell === at ? 0 : -1
  }
}

const EmojiSection = memo(
  function EmojiSection({ id, emoji }: Section) {
    const texts = useTexts()
    const language = useLanguage()
    const titleId = useId()
    return (
      <section className="emoji-section" aria-labelledby={titleId} data-group={id}>
        <h3 id={titleId} className="emoji-section-title">
          {texts.emojiGroups[id]}
        </h3>
        <div className="emoji-cells">
          {emoji.map((each, at) => (
            <button
              key={each.emoji}
              type="button"
              className="emoji-cell"
              tabIndex={at === 0 && (id === 'recent' || id === 'found') ? 0 : -1}
              aria-label={nameOfEmoji(each, language)}
              title={nameOfEmoji(each, language)}
            >
              {each.emoji}
            </button>
          ))}
        </div>
      </section>
    )
  },
  (before, now) =>
    before.id === now.id &&
    before.emoji.length === now.emoji.length &&
    before.emoji.every((each, at) => each === now.emoji[at]),
)

/** Leads to the groups. */
function GroupBar(props: {
  readonly all: readonly Emoji[]
  readonly grid: { readonly current: HTMLElement | null }
  readonly onGroup: () => void
}) {
  const texts = useTexts()
  const [wanted, setWanted] = useState<{ readonly id: EmojiGroupId } | null>(null)
  useEffect(() => {
    if (wanted !== null) {
      props.grid.current?.querySelector(`[data-group="${wanted.id}"]`)?.scrollIntoView()
    }
  }, [wanted, props.grid])
  const arrows = useArrowKeys<HTMLDivElement>()
  if (props.all.length === 0) {
    return null
  }
  return (
    <div {...arrows} className="emoji-groups" role="toolbar" aria-label={texts.chat.emojiGroups}>
      {emojiGroups(props.all).map(({ id, emoji }) => (
        <button
          key={id}
          type="button"
          className="emoji-group"
          aria-label={texts.emojiGroups[id]}
          title={texts.emojiGroups[id]}
          onClick={() => {
            props.onGroup()
            setWanted({ id })
          }}
        >
          {emoji[0]?.emoji}
        </button>
      ))}
    </div>
  )
}
