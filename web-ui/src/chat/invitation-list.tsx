import { useState } from 'react'
import { ConfirmDialog, ProblemNotice } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { PersonName } from '../ui/person-name.tsx'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import { blockInviter, type Invitation } from '../wire/invitations.ts'
import { shownName } from '../wire/names.ts'
import { joinRoom, leaveRoom } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import './invitations.css'

/** The rooms into which somebody invites me; nothing if nobody does. */
export function InvitationList(props: {
  readonly chat: ChatClient
  readonly onOpen: (roomId: string) => void
}) {
  const texts = useTexts()
  const invitations = useStore(props.chat.store, (state) => state.invitations)
  return invitations.length === 0 ? null : (
    <section aria-label={texts.chat.invitations} data-testid="invitations">
      <h2 className="room-list-title invitations-title">
        {texts.chat.invitations} <span className="panel-count">{invitations.length}</span>
      </h2>
      <ul className="invitations">
        {invitations.map((invitation) => (
          <InvitationItem key={invitation.roomId} {...props} invitation={invitation} />
        ))}
      </ul>
    </section>
  )
}

function InvitationItem(props: {
  readonly chat: ChatClient
  readonly invitation: Invitation
  readonly onOpen: (roomId: string) => void
}) {
  const texts = useTexts()
  const task = useTask()
  const [blocking, setBlocking] = useState(false)
  const { chat, invitation } = props
  const { roomId, roomName, inviter } = invitation
  const answer = (work: () => Promise<void>) =>
    task.run(async () => {
      await work()
      await chat.refreshRooms()
    })
  const accept = async () => {
    if (await answer(() => joinRoom(roomId))) {
      props.onOpen(roomId)
    }
  }
  return (
    <li className="invitation" data-testid={`invitation-${roomName}`}>
      <p className="invitation-room">
        <Icon name="hash" />
        <bdi className="room-item-name">{roomName}</bdi>
      </p>
      <p className="invitation-inviter">
        {texts.chat.invitedBy} <PersonName {...inviter} />
      </p>
      <div className="invitation-actions">
        <button
          type="button"
          className="button button-small button-main"
          aria-label={texts.chat.acceptInvitation(roomName)}
          disabled={task.busy}
          data-testid="accept-invitation"
          onClick={() => void accept()}
        >
          {texts.chat.accept}
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label={texts.chat.declineInvitation(roomName)}
          disabled={task.busy}
          data-testid="decline-invitation"
          onClick={() => void answer(() => leaveRoom(roomId))}
        >
          {texts.chat.decline}
        </button>
        <button
          type="button"
          className="button button-small button-quiet"
          aria-label={texts.chat.blockPerson(shownName(inviter))}
          disabled={task.busy}
          data-testid="block-inviter"
          onClick={() => setBlocking(true)}
        >
          {texts.chat.block}
        </button>
      </div>
      {blocking ? null : <ProblemNotice text={failureText(texts, task.failure)} />}
      {blocking ? (
        <ConfirmDialog
          title={texts.chat.blockSure(shownName(inviter))}
          hint={texts.chat.blockHint}
          confirm={texts.chat.block}
          problem={failureText(texts, task.failure)}
          busy={task.busy}
          onConfirm={() => void answer(() => blockInviter(inviter.personId))}
          onClose={() => setBlocking(false)}
        />
      ) : null}
    </li>
  )
}
