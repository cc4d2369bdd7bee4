import { useEffect, useState } from 'react'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { PersonName } from '../ui/person-name.tsx'
import { useTask } from '../ui/use-task.ts'
import type { Person } from '../wire/frames.ts'
import { listBlocked, unblockInviter } from '../wire/invitations.ts'
import { shownName } from '../wire/names.ts'

/** Opens the list of the people who cannot invite me. */
export function BlockedPeople() {
  const texts = useTexts()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="button button-small button-quiet people-leave"
        data-testid="blocked-people"
        onClick={() => setOpen(true)}
      >
        <Icon name="people" />
        {texts.chat.blockedPeople}
      </button>
      {open ? <BlockedDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function BlockedDialog({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts()
  const { run, busy, failure } = useTask()
  const [people, setPeople] = useState<readonly Person[] | null>(null)
  useEffect(() => {
    void run(async () => setPeople(await listBlocked()))
  }, [run])
  const unblock = (person: Person) =>
    run(async () => {
      await unblockInviter(person.personId)
      setPeople(await listBlocked())
    })
  return (
    <Dialog title={texts.chat.blockedPeople} onClose={onClose}>
      <p>{texts.chat.blockedHint}</p>
      <ProblemNotice text={failureText(texts, failure)} />
      {people === null && failure === null ? <p role="status">{texts.common.loading}</p> : null}
      {people?.length === 0 ? <p className="field-hint">{texts.chat.nobodyBlocked}</p> : null}
      <ul>
        {people?.map((person) => (
          <li key={person.personId} className="person">
            <span className="person-name">
              <PersonName {...person} />
            </span>
            <button
              type="button"
              className="button button-small person-action"
              aria-label={texts.chat.unblockPerson(shownName(person))}
              disabled={busy}
              data-testid="unblock"
              onClick={() => void unblock(person)}
            >
              {texts.chat.unblock}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
