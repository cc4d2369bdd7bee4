import { type ReactNode, useEffect } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { useTexts } from '../ui/language.ts'
import { PersonName } from '../ui/person-name.tsx'
import { useStore } from '../ui/store.ts'
import { picturePath } from '../wire/cards.ts'
import type { Card, PersonRef, Status } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import type { Room } from '../wire/rooms.ts'
import { cards, wishForCard } from './cards.ts'
import { openCard } from './opened-card.ts'
import { peopleNames } from './people-names.ts'
import { useStatusNow } from './status-now.ts'

/** The card of somebody, as soon as the page knows it. */
export function useCard(personId: string): Card | undefined {
  const card = useStore(cards, (all) => all.get(personId))
  const unknown = card === undefined
  useEffect(() => {
    if (unknown) {
      wishForCard(personId)
    }
  }, [personId, unknown])
  return card
}

/** Somebody's picture, or their initial until they have one. */
export function PersonAvatar(props: {
  readonly person: PersonRef
  readonly size?: 'small' | 'large'
  /** As if there were no picture. */
  readonly without?: boolean
}) {
  const { person, size } = props
  const card = useCard(person.personId)
  const picture = props.without ? undefined : card?.picture
  return (
    <Avatar
      name={person.name}
      shown={shownName(card ?? person)}
      size={size}
      // Twice as many pixels as the place has, for fine screens.
      picture={
        picture === undefined
          ? undefined
          : picturePath(person.personId, picture, size === undefined ? 128 : sizes[size])
      }
    />
  )
}

const sizes = { small: 64, large: 256 } as const

/** What somebody is called now, whatever they were called when they did something. */
export function PersonNow(props: {
  readonly person: PersonRef
  /** Their unique name stands beside it if it is another. */
  readonly handle?: boolean
}) {
  const card = useCard(props.person.personId)
  const { name, displayName } = card ?? props.person
  return props.handle === false ? (
    <PersonName name={displayName ?? name} />
  ) : (
    <PersonName name={name} displayName={displayName} />
  )
}

/** The sign of what somebody does now; what it is, is said under the pointer and to those who hear. */
export function StatusSign({ personId }: { readonly personId: string }) {
  const card = useCard(personId)
  const status = useStatusNow(card?.status)
  return status === undefined ? null : (
    <span className="status-sign" role="img" aria-label={status.text} title={status.text}>
      {signOf(status)}
    </span>
  )
}

/** A status without an emoji has something to read all the same. */
export function signOf(status: Status): string {
  return status.emoji ?? '💬'
}

/** What somebody does now, in words; what `otherwise` says if that is nothing. */
export function StatusLine(props: { readonly personId: string; readonly otherwise: string }) {
  const card = useCard(props.personId)
  const status = useStatusNow(card?.status)
  return <>{status === undefined ? props.otherwise : `${signOf(status)} ${status.text}`}</>
}

/** Faces that lie over one another a little; of many, the first ones. */
export function Faces({ people }: { readonly people: readonly PersonRef[] }) {
  return (
    <span className="faces">
      {people.slice(0, facesMost).map((person) => (
        <PersonAvatar key={person.personId} person={person} size="small" />
      ))}
    </span>
  )
}

const facesMost = 3

/** What names somebody opens their card. */
export function PersonButton(props: {
  readonly person: PersonRef
  readonly className?: string
  /** -1 where the Tab key passes by: the name stands beside it. */
  readonly tabIndex?: number
  readonly children: ReactNode
}) {
  const { person, tabIndex = 0 } = props
  return (
    <button
      type="button"
      className={`person-button ${props.className ?? ''}`}
      tabIndex={tabIndex}
      aria-haspopup="dialog"
      data-testid="person"
      onClick={(event) => openCard(person, event.currentTarget)}
    >
      {props.children}
    </button>
  )
}

/** The others of a direct conversation; `null` of any other room. */
export function othersIn(room: Room, me: string): readonly PersonRef[] | null {
  return room.kind === 'direct' ? room.people.filter(({ personId }) => personId !== me) : null
}

/** What a room is called: a direct conversation by what its others are called now. */
export function useRoomName(room: Room | undefined, me: string): string {
  const texts = useTexts()
  const others = room === undefined ? null : othersIn(room, me)
  const names = useStore(cards, (known) =>
    others === null
      ? null
      : peopleNames(
          texts,
          others.map((person) => known.get(person.personId) ?? person),
        ),
  )
  return names ?? room?.name ?? ''
}

/** Gives people the names that they have now. */
export function useNow(): <P extends PersonRef>(person: P) => P {
  const known = useStore(cards, (all) => all)
  return (person) => {
    const card = known.get(person.personId)
    if (card === undefined || card.displayName === person.displayName) {
      return person
    }
    const { displayName: _, ...others } = person
    const named =
      card.displayName === undefined ? others : { ...others, displayName: card.displayName }
    return named as typeof person
  }
}
