import { useState } from 'react'
import type { ChatClient } from '../chat/chat-client.ts'
import { eraseLocalStore, type LocalStore } from '../chat/local-store.ts'
import { PersonAvatar, PersonNow, StatusSign } from '../chat/person.tsx'
import { leave } from '../session/session.ts'
import { ConfirmDialog, ProblemNotice } from '../ui/dialog.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { PreferenceChoices } from '../ui/preferences.tsx'
import { useTask } from '../ui/use-task.ts'
import type { Person } from '../wire/frames.ts'

const KeepNameDialog = later(
  async () => (await import('../session/keep-name-dialog.tsx')).KeepNameDialog,
)

/** Who one is; behind the picture, what concerns oneself: language, theme, the way out. */
export function Account(props: {
  readonly person: Person
  readonly chat: ChatClient
  readonly kept: LocalStore
  readonly onKeys: () => void
  readonly onProfile: () => void
}) {
  const texts = useTexts()
  const { person, chat, kept } = props
  const task = useTask()
  const [keeping, setKeeping] = useState(false)
  const [asking, setAsking] = useState(false)
  const signOut = () => task.run(() => leave(eraseLocalStore))
  const wantsOut = () => {
    if (chat.hasUnsent() || kept.hasDrafts()) {
      setAsking(true)
    } else {
      void signOut()
    }
  }
  return (
    <section className="me" aria-label={texts.session.account}>
      <div className="me-row">
        <Menu
          label={texts.session.accountMenu}
          className="me-picture"
          testId="account"
          button={<PersonAvatar person={person} />}
        >
          <MenuItem icon="edit" testId="profile" onChoose={props.onProfile}>
            {texts.people.profile}
          </MenuItem>
          <PreferenceChoices />
          <MenuItem icon="settings" testId="keys" onChoose={props.onKeys}>
            {texts.keys.title}
          </MenuItem>
          <MenuItem icon="leave" testId="sign-out" disabled={task.busy} onChoose={wantsOut}>
            {texts.session.signOut}
          </MenuItem>
        </Menu>
        <div className="me-who">
          <span className="me-name">
            <PersonNow person={person} /> <StatusSign personId={person.personId} />
          </span>
          {person.guest ? (
            <button
              type="button"
              className="me-keep"
              data-testid="keep-name"
              onClick={() => setKeeping(true)}
            >
              {texts.session.keepName}
            </button>
          ) : null}
        </div>
      </div>
      <ProblemNotice text={failureText(texts, task.failure)} />
      {asking ? (
        <ConfirmDialog
          title={texts.session.signOutSure}
          hint={texts.session.signOutHint}
          confirm={texts.session.signOut}
          problem={failureText(texts, task.failure)}
          busy={task.busy}
          onConfirm={() => void signOut()}
          onClose={() => setAsking(false)}
        />
      ) : null}
      {keeping ? <KeepNameDialog name={person.name} onClose={() => setKeeping(false)} /> : null}
    </section>
  )
}
