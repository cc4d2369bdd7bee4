import type { ChatClient } from '../chat/chat-client.ts'
import type { LocalStore } from '../chat/local-store.ts'
import { RoomList } from '../chat/room-list.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import type { Person } from '../wire/frames.ts'
import { Account } from './account.tsx'
import { goTo, type Place } from './place.ts'
import type { Drawer } from './use-drawer.ts'

/** Where one can go, and who one is. */
export function Side(props: {
  readonly chat: ChatClient
  readonly kept: LocalStore
  readonly person: Person
  readonly place: Place
  readonly drawer: Drawer
  readonly onKeys: () => void
  readonly onNewMessage: () => void
  readonly onProfile: () => void
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
          onNewMessage={props.onNewMessage}
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
        <Account
          person={person}
          chat={chat}
          kept={kept}
          onKeys={props.onKeys}
          onProfile={props.onProfile}
        />
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
