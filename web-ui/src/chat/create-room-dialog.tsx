import { type FormEvent, useState } from 'react'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useTask } from '../ui/use-task.ts'
import { createRoom, type Room, type Visibility } from '../wire/rooms.ts'
import type { ChatClient } from './chat-client.ts'

export function CreateRoomDialog(props: {
  readonly chat: ChatClient
  readonly onClose: () => void
  readonly onCreated: (room: Room) => void
}) {
  const texts = useTexts()
  const task = useTask()
  const [name, setName] = useState('')
  const [topic, setTopic] = useState('')
  const [visibility, setVisibility] = useState<Visibility>('public')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void task.run(async () => {
      const room = await createRoom(name.trim(), topic.trim(), visibility)
      await props.chat.refreshRooms()
      props.onCreated(room)
    })
  }
  const choices = [
    ['public', texts.chat.visibilityPublic, texts.chat.visibilityPublicHint],
    ['private', texts.chat.visibilityPrivate, texts.chat.visibilityPrivateHint],
  ] as const
  return (
    <Dialog title={texts.chat.createRoom} onClose={props.onClose}>
      <form className="form" onSubmit={submit}>
        <Field
          label={texts.chat.roomName}
          value={name}
          onChange={setName}
          hint={texts.chat.roomNameHint}
          autoFocus
          maxLength={64}
          invalid={task.failure !== null}
          testId="create-room-name"
        />
        <Field
          label={texts.chat.roomTopic}
          value={topic}
          onChange={setTopic}
          maxLength={250}
          testId="create-room-topic"
        />
        <fieldset className="choices">
          <legend className="field-label">{texts.chat.visibility}</legend>
          {choices.map(([value, label, hint]) => (
            <label key={value} className="choice">
              <input
                type="radio"
                name="visibility"
                value={value}
                checked={visibility === value}
                onChange={() => setVisibility(value)}
                data-testid={`create-room-${value}`}
              />
              <span>
                <span className="choice-label">{label}</span>
                <span className="field-hint">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <ProblemNotice text={failureText(texts, task.failure)} />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={props.onClose}>
            {texts.common.cancel}
          </button>
          <button
            type="submit"
            className="button button-main"
            disabled={name.trim() === '' || task.busy}
            data-testid="create-room-submit"
          >
            {texts.common.create}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
