import { type FormEvent, useEffect, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { PersonName } from '../ui/person-name.tsx'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import type { Person } from '../wire/frames.ts'
import { invitePerson, listInvited, withdrawInvitation } from '../wire/invitations.ts'
import { shownName } from '../wire/names.ts'
import { findPerson } from '../wire/people.ts'
import { Problem } from '../wire/problem.ts'
import type { Room } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import './invitations.css'

/** Invites somebody into a room; shows whom I invited and who has not answered. */
export function InvitePeople(props: {
  readonly chat: ChatClient
  readonly room: Room
  readonly members: readonly Person[]
  /** Grows when somebody joins. */
  readonly changedAt: number
}) {
  const texts = useTexts()
  const task = useTask()
  const [name, setName] = useState('')
  const [said, setSaid] = useState<string | null>(null)
  const { roomId } = props.room
  const [invited, reload] = useInvited(props.chat, roomId, props.changedAt)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSaid(null)
    void task.run(async () => {
      const person = await findPerson(name.trim())
      if (person === null) {
        throw new Problem('person-not-found', 404, '')
      }
      const already = props.members.some((member) => member.personId === person.personId)
      await invitePerson(roomId, person.personId)
      const shown = shownName(person)
      setSaid(already ? texts.chat.alreadyMember(shown) : texts.chat.invited(shown))
      setName('')
      await reload()
    })
  }
  const withdraw = (person: Person) =>
    task.run(async () => {
      setSaid(null)
      await withdrawInvitation(roomId, person.personId)
      await reload()
    })
  return (
    <>
      <Invited people={invited} busy={task.busy} onWithdraw={(person) => void withdraw(person)} />
      <form className="people-add" onSubmit={submit}>
        <Field
          label={texts.chat.invitePerson}
          value={name}
          onChange={setName}
          maxLength={64}
          hint={texts.chat.invitePersonName}
          testId="add-person-name"
        />
        <button
          type="submit"
          className="button button-small"
          disabled={name.trim() === '' || task.busy}
          data-testid="add-person-submit"
        >
          <Icon name="plus" />
          {texts.chat.invitePerson}
        </button>
        <ProblemNotice text={failureText(texts, task.failure)} />
        {said === null ? null : (
          <p className="notice notice-good" role="status">
            {said}
          </p>
        )}
      </form>
    </>
  )
}

/** Whom I invited; read again whenever rooms or invitations change. */
function useInvited(
  chat: ChatClient,
  roomId: string,
  changedAt: number,
): readonly [readonly Person[], () => Promise<void>] {
  const [invited, setInvited] = useState<readonly Person[]>([])
  const rooms = useStore(chat.store, (state) => state.rooms)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change asks again
  useEffect(() => {
    let wanted = true
    listInvited(roomId).then(
      (list) => wanted && setInvited(list),
      // The list follows with the next change.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [roomId, rooms, changedAt])
  return [invited, async () => setInvited(await listInvited(roomId))]
}

function Invited(props: {
  readonly people: readonly Person[]
  readonly busy: boolean
  readonly onWithdraw: (person: Person) => void
}) {
  const texts = useTexts()
  return props.people.length === 0 ? null : (
    <section className="people-group people-group-faint" data-testid="invited">
      <h3 className="panel-heading">
        {texts.chat.invitedPeople} <span className="panel-count">{props.people.length}</span>
      </h3>
      <ul>
        {props.people.map((person) => (
          <li key={person.personId} className="person">
            <span className="person-name">
              <PersonName {...person} />
            </span>
            <button
              type="button"
              className="button button-icon button-small person-action"
              aria-label={texts.chat.withdrawInvitation(shownName(person))}
              title={texts.chat.withdrawInvitation(shownName(person))}
              disabled={props.busy}
              data-testid="withdraw-invitation"
              onClick={() => props.onWithdraw(person)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
