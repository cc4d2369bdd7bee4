import { useEffect, useState } from 'react'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import type { Person, PersonRef } from '../wire/frames.ts'
import { leaveRoom, listMembers, type Room } from '../wire/rooms.ts'
import { BlockedPeople } from './blocked-people.tsx'
import { hearCards } from './cards.ts'
import type { ChatClient } from './chat-client.ts'
import { nobody } from './chat-state.ts'
import { InvitePeople } from './invite-people.tsx'
import { PersonAvatar, PersonButton, PersonNow, StatusSign } from './person.tsx'

/** Who is in a room, who of them is here now; inviting somebody, and leaving. */
export function PeoplePanel(props: {
  readonly chat: ChatClient
  readonly me: PersonRef
  readonly room: Room
  readonly onLeft: () => void
}) {
  const texts = useTexts()
  const { chat, me, room } = props
  const here = useStore(chat.store, (state) => state.here.get(room.roomId)) ?? nobody
  const changedAt = useStore(chat.store, (state) => {
    const entries = state.logs.get(room.roomId)?.entries ?? []
    return entries.findLast((entry) => entry.kind === 'joined' || entry.kind === 'left')?.seq ?? 0
  })
  const members = useMembers(room, changedAt)
  const hereIds = new Set(here.people.map((person) => person.personId))
  const away = members.filter((person) => !hereIds.has(person.personId))
  const guests = new Set(members.filter((each) => each.guest).map((each) => each.personId))
  return (
    <div className="people">
      <PeopleGroup
        title={texts.chat.hereNow}
        people={here.people}
        count={here.count}
        guests={guests}
        me={me.personId}
      />
      <PeopleGroup
        // Of very many who are here not all are named: the rest are here or not.
        title={here.count > here.people.length ? texts.chat.others : texts.chat.away}
        people={away}
        count={away.length}
        guests={guests}
        me={me.personId}
        faint
      />
      {room.kind === 'room' ? (
        <InvitePeople chat={chat} room={room} members={members} changedAt={changedAt} />
      ) : null}
      <div>
        {room.kind === 'room' ? <LeaveRoom chat={chat} room={room} onLeft={props.onLeft} /> : null}
        <BlockedPeople />
      </div>
    </div>
  )
}

/** The members, read again whenever the log says that somebody joined or left. */
function useMembers(room: Room, changedAt: number): readonly Person[] {
  const [members, setMembers] = useState<readonly Person[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change asks again
  useEffect(() => {
    let wanted = true
    const read = async () => {
      try {
        const list = await listMembers(room.roomId)
        if (wanted) {
          setMembers(list)
          hearCards(list)
        }
      } catch {
        // Who is here is shown anyway; the rest of the members follow with the next change.
      }
    }
    void read()
    return () => {
      wanted = false
    }
  }, [room.roomId, room.memberCount, changedAt])
  return members
}

function PeopleGroup(props: {
  readonly title: string
  readonly people: readonly PersonRef[]
  readonly count: number
  readonly guests: ReadonlySet<string>
  readonly me: string
  readonly faint?: boolean
}) {
  const texts = useTexts()
  return props.people.length === 0 ? null : (
    <section className={props.faint ? 'people-group people-group-faint' : 'people-group'}>
      <h3 className="panel-heading">
        {props.title} <span className="panel-count">{props.count}</span>
      </h3>
      <ul>
        {props.people.map((person) => (
          <li key={person.personId} className="person">
            <PersonButton person={person} className="person-line">
              <PersonAvatar person={person} size="small" />
              <span className="person-name">
                <PersonNow person={person} />
              </span>
            </PersonButton>
            <StatusSign personId={person.personId} />
            {person.personId === props.me ? (
              <span className="tag">{texts.session.you}</span>
            ) : props.guests.has(person.personId) ? (
              <span className="tag">{texts.session.guest}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function LeaveRoom(props: {
  readonly chat: ChatClient
  readonly room: Room
  readonly onLeft: () => void
}) {
  const texts = useTexts()
  const task = useTask()
  const [asking, setAsking] = useState(false)
  const leave = () =>
    task.run(async () => {
      await leaveRoom(props.room.roomId)
      await props.chat.refreshRooms()
      props.onLeft()
    })
  return (
    <>
      <button
        type="button"
        className="button button-small button-quiet people-leave"
        data-testid="leave-room"
        onClick={() => setAsking(true)}
      >
        <Icon name="leave" />
        {texts.chat.leave}
      </button>
      {asking ? (
        <ConfirmDialog
          title={texts.chat.leaveSure(props.room.name)}
          hint={texts.chat.leaveHint}
          confirm={texts.chat.leave}
          problem={failureText(texts, task.failure)}
          busy={task.busy}
          onConfirm={() => void leave()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
