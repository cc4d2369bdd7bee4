import { useState } from 'react'
import type { ChatClient } from '../chat/chat-client.ts'
import { ConnectionStatus } from '../chat/connection-status.tsx'
import { eraseLocalStore, type LocalStore } from '../chat/local-store.ts'
import { RoomList } from '../chat/room-list.tsx'
import { leave } from '../session/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ConfirmDialog, ProblemNotice } from '../ui/dialog.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { PersonName } from '../ui/person-name.tsx'
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx'
import { useTask } from '../ui/use-task.ts'
import type { Person } from '../wire/frames.ts'
import { goTo, type Place } from './place.ts'
import type { Drawer } from './use-drawer.ts'

const KeepNameDialog = later(
  async () => (await import('../session/keep-name-dialog.tsx')).KeepNameDialog,
)

/** Where one can go, how the line is, and who one is. */
export function Side(props: {
  readonly chat: ChatClient
  readonly kept: LocalStore
  readonly person: Person
  readonly place: Place
  readonly drawer: Drawer
}) {
  const texts = useTexts()
  const { chat, kept, person, place, drawer } = props
  return (
    <>
      <aside className={drawer.isOpen ? 'side side-open' : 'side'} aria-label={texts.app.side}>
        <div className="side-head">
          <Mark />
          <span className="side-brand">Tercet</span>
          <button
            type="button"
            className="button button-icon narrow-only"
            aria-label={texts.app.closeMenu}
            onClick={drawer.close}
          >
            <Icon name="close" />
          </button>
        </div>
        <RoomList
          chat={chat}
          me={person.personId}
          openRoomId={place.at === 'room' ? place.roomId : null}
          onOpen={(roomId) => {
            goTo({ at: 'room', roomId, folder: null })
            drawer.close()
          }}
        />
        <nav className="side-places" aria-label={texts.files.title}>
          <button
            type="button"
            className="room-item"
            aria-current={place.at === 'my-files' ? 'page' : undefined}
            data-testid="my-files"
            onClick={() => goTo({ at: 'my-files', folder: '' })}
          >
            <Icon name="folder" />
            <span className="room-item-name">{texts.files.myFiles}</span>
          </button>
          <button
            type="button"
            className="room-item"
            aria-current={place.at === 'sites' ? 'page' : undefined}
            data-testid="sites"
            onClick={() => goTo({ at: 'sites' })}
          >
            <Icon name="globe" />
            <span className="room-item-name">{texts.files.sites}</span>
          </button>
        </nav>
        <Me person={person} chat={chat} kept={kept} />
      </aside>
      {drawer.isOpen ? (
        <button
          type="button"
          className="side-shade"
          aria-label={texts.app.closeMenu}
          tabIndex={-1}
          onClick={drawer.close}
        />
      ) : null}
    </>
  )
}

function Me(props: {
  readonly person: Person
  readonly chat: ChatClient
  readonly kept: LocalStore
}) {
  const texts = useTexts()
  const { person, chat, kept } = props
  const task = useTask()
  const [keeping, setKeeping] = useState(false)
  const [asking, setAsking] = useState(false)
  const signOut = () => task.run(() => leave(eraseLocalStore))
  return (
    <section className="me" aria-label={texts.session.account}>
      <ConnectionStatus chat={chat} testId="connection-status" />
      <div className="me-row">
        <Avatar name={person.name} />
        <div className="me-who">
          <span className="me-name">
            <PersonName {...person} />
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
        <button
          type="button"
          className="button button-icon"
          aria-label={texts.session.signOut}
          title={texts.session.signOut}
          disabled={task.busy}
          data-testid="sign-out"
          onClick={() => {
            if (chat.hasUnsent() || kept.hasDrafts()) {
              setAsking(true)
            } else {
              void signOut()
            }
          }}
        >
          <Icon name="leave" />
        </button>
      </div>
      <ProblemNotice text={failureText(texts, task.failure)} />
      <div className="me-switches">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
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
