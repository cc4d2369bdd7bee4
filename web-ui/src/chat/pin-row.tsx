import { useId, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import type { PersonRef, Pin, PinnedEntry } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import { Moment } from './moment.tsx'
import { peopleNames } from './people-names.ts'
import { useNow } from './person.tsx'

/** Who pinned what in a row: one line, which leads to the message, or opens to a list of several. */
export function PinRow(props: {
  readonly entries: readonly PinnedEntry[]
  readonly addressOf: (seq: number) => string
}) {
  const texts = useTexts()
  const [open, setOpen] = useState(false)
  const listId = useId()
  const now = useNow()
  const last = props.entries.at(-1)
  if (last === undefined) {
    return null
  }
  if (props.entries.length === 1) {
    return (
      <li className="row-note" data-seq={last.seq} data-testid="pin-entry">
        <OnePin entry={last} addressOf={props.addressOf} />
      </li>
    )
  }
  return (
    <li className="row-note row-note-folded" data-seq={last.seq} data-testid="pin-entries">
      <button
        type="button"
        className="row-note-fold"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        onClick={() => setOpen(!open)}
      >
        <span>
          {texts.chat.pinned(
            peopleNames(texts, whoPinned(props.entries).map(now)),
            props.entries.length,
          )}
        </span>
        <Icon name="unfold" />
      </button>
      <Moment sentAt={last.sentAt} />
      {open ? (
        <ul
          className="row-note-list"
          id={listId}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          {props.entries.map((entry) => (
            <li key={entry.seq}>
              <OnePin entry={entry} addressOf={props.addressOf} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function OnePin(props: {
  readonly entry: PinnedEntry
  readonly addressOf: (seq: number) => string
}) {
  const texts = useTexts()
  const { entry } = props
  const now = useNow()
  return (
    <>
      <span>{texts.chat.pinned(shownName(now(entry)), 1)}</span>{' '}
      <a href={props.addressOf(entry.pinned.targetSeq)}>{texts.chat.showPinned}</a>{' '}
      <Moment sentAt={entry.sentAt} />
    </>
  )
}

function whoPinned(entries: readonly PinnedEntry[]): readonly PersonRef[] {
  return [...new Map(entries.map((each) => [each.personId, each])).values()]
}

/** That a message is pinned, and by whom. */
export function PinMark({ pin }: { readonly pin: Pin }) {
  const texts = useTexts()
  const now = useNow()
  return (
    // The line of the pin is read out; this is not.
    <p className="message-pinned" aria-live="off" data-testid="pinned">
      <Icon name="pin" />
      {texts.chat.pinnedBy(shownName(now(pin)))}
    </p>
  )
}
