import { useId, useState } from 'react'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import type { MembershipEntry } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import { type MembershipGroup, membershipGroups } from './memberships.ts'
import { Moment } from './moment.tsx'
import { peopleNames } from './people-names.ts'
import { useNow } from './person.tsx'

/** Who came and went in a row: one line, which opens to a list of all. */
export function MembershipRow(props: { readonly entries: readonly MembershipEntry[] }) {
  const texts = useTexts()
  const entries = props.entries.map(useNow())
  const [open, setOpen] = useState(false)
  const listId = useId()
  const last = entries.at(-1)
  if (last === undefined) {
    return null
  }
  // The place in the log is that of the last entry: more that come before it must not move it.
  if (entries.length === 1) {
    return (
      <li className="row-note" data-seq={last.seq} data-testid="membership">
        <span>{oneText(texts, last)}</span>
        <Moment sentAt={last.sentAt} />
      </li>
    )
  }
  return (
    <li className="row-note row-note-folded" data-seq={last.seq} data-testid="memberships">
      <button
        type="button"
        className="row-note-fold"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        onClick={() => setOpen(!open)}
      >
        <span>{foldedText(texts, membershipGroups(entries))}</span>
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
          {entries.map((entry) => (
            <li key={entry.seq}>
              <span>{oneText(texts, entry)}</span> <Moment sentAt={entry.sentAt} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function oneText(texts: Catalogue, entry: MembershipEntry): string {
  const name = shownName(entry)
  return entry.kind === 'joined' ? texts.chat.joined(name) : texts.chat.left(name)
}

/** `Ada, Grace and 198 others joined; Bob left` */
export function foldedText(texts: Catalogue, groups: readonly MembershipGroup[]): string {
  return groups.map((group) => groupText(texts, group)).join(texts.chat.andThen)
}

function groupText(texts: Catalogue, { change, people }: MembershipGroup): string {
  const names = peopleNames(texts, people)
  switch (change) {
    case 'joined':
      return texts.chat.joined(names)
    case 'left':
      return texts.chat.left(names)
    case 'joined-and-left':
      return texts.chat.joinedAndLeft(names)
    case 'left-and-joined':
      return texts.chat.leftAndJoined(names)
  }
}
