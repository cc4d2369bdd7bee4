import { useEffect, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { formatRecent } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { failureText, localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { type Box, Popover } from '../ui/popover.tsx'
import { ShownName } from '../ui/shown-name.tsx'
import { useTask } from '../ui/use-task.ts'
import type { PersonRef, Status } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import { openDirect } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'
import { localTime } from './local-time.ts'
import { PersonAvatar, signOf, useCard } from './person.tsx'
import { useStatusNow } from './status-now.ts'
import { writeInComposer } from './write-in-composer.ts'
import './person-card.css'

/** Who somebody is, and what one may do with them, beside what named them. */
export function PersonCard(props: {
  readonly chat: ChatClient
  readonly me: string
  readonly person: PersonRef
  readonly anchor: Box
  /** There is a place where one writes. */
  readonly inRoom: boolean
  readonly onOpen: (roomId: string) => void
  readonly onProfile: () => void
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const card = useCard(props.person.personId)
  const task = useTask()
  const person = card ?? props.person
  const { personId, name } = person
  const status = useStatusNow(card?.status)
  const message = async () => {
    const done = await task.run(async () => {
      const room = await openDirect([personId])
      await props.chat.refreshRooms()
      props.onOpen(room.roomId)
    })
    return done
  }
  return (
    <Popover
      label={texts.people.cardOf(shownName(person))}
      anchor={props.anchor}
      testId="person-card"
      className="person-card"
      flush="left"
      onClose={props.onClose}
    >
      {(close) => (
        <>
          <div className="person-card-head">
            <PersonAvatar person={person} size="large" />
            <div className="person-card-names">
              <p className="person-card-name" dir="auto">
                <ShownName name={shownName(person)} />
              </p>
              <p className="person-card-handle">
                @<bdi>{name}</bdi>{' '}
                {card?.guest ? <span className="tag">{texts.session.guest}</span> : null}
                {personId === props.me ? <span className="tag">{texts.session.you}</span> : null}
              </p>
            </div>
          </div>
          {status === undefined ? null : <CardStatus status={status} />}
          {card?.timeZone === undefined ? null : <LocalTime timeZone={card.timeZone} />}
          <ProblemNotice text={failureText(texts, task.failure)} />
          <div className="person-card-tools">
            {personId === props.me ? (
              <button
                type="button"
                className="button button-small"
                data-testid="edit-profile"
                onClick={() => {
                  close()
                  props.onProfile()
                }}
              >
                <Icon name="edit" />
                {texts.people.editProfile}
              </button>
            ) : (
              <>
                <button
                  type="button"
                  className="button button-small button-main"
                  disabled={task.busy}
                  data-testid="card-message"
                  onClick={() => void message().then((done) => done && close())}
                >
                  <Icon name="send" />
                  {texts.people.message}
                </button>
                {props.inRoom ? (
                  <button
                    type="button"
                    className="button button-small"
                    data-testid="card-mention"
                    onClick={() => {
                      close()
                      writeInComposer(`@${name} `)
                    }}
                  >
                    {texts.people.mention}
                  </button>
                ) : null}
              </>
            )}
          </div>
        </>
      )}
    </Popover>
  )
}

function CardStatus({ status }: { readonly status: Status }) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  return (
    <p className="person-card-line" data-testid="card-status">
      <span className="status-sign" aria-hidden="true">
        {signOf(status)}
      </span>
      <span>
        <bdi>{status.text}</bdi>
        {status.until === undefined ? null : (
          <span className="person-card-until">
            {' '}
            {texts.people.until(formatRecent(new Date(status.until), new Date(), locale))}
          </span>
        )}
      </span>
    </p>
  )
}

const lookMillis = 10_000

function LocalTime({ timeZone }: { readonly timeZone: string }) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const [, look] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => look((times) => times + 1), lookMillis)
    return () => clearInterval(timer)
  }, [])
  const time = localTime(new Date(), timeZone, locale)
  return time === null ? null : (
    <p className="person-card-line person-card-time" title={timeZone} data-testid="card-time">
      {texts.people.localTime(time)}
    </p>
  )
}
