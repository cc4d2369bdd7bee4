import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { hearCards } from '../chat/cards.ts'
import { PersonAvatar, useCard } from '../chat/person.tsx'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useTask } from '../ui/use-task.ts'
import { getMyCard } from '../wire/cards.ts'
import type { Card, Person } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'
import { Problem } from '../wire/problem.ts'
import { changePicture, changeProfile, changeStatus } from '../wire/profile.ts'
import { CropStage } from './crop-stage.tsx'
import { type Crop, croppedPicture, middleOf, pictureFileBytesMax } from './picture-crop.ts'
import { draftOf, StatusForm, statusOf } from './status-form.tsx'
import './profile-dialog.css'

/** A picture that somebody chose, and what shows of it. */
interface Chosen {
  readonly picture: ImageBitmap
  readonly crop: Crop
  readonly mediaType: string
}

/** What others see of me: name, picture, status. */
export function ProfileDialog(props: { readonly person: Person; readonly onClose: () => void }) {
  const texts = useTexts()
  const card = useCard(props.person.personId)
  const { run, failure } = useTask()
  const unknown = card === undefined
  useEffect(() => {
    if (unknown) {
      void run(async () => hearCards([await getMyCard()]))
    }
  }, [unknown, run])
  return (
    <Dialog title={texts.people.profile} onClose={props.onClose}>
      {card === undefined ? (
        failure === null ? (
          <p role="status">{texts.common.loading}</p>
        ) : (
          <ProblemNotice text={failureText(texts, failure)} />
        )
      ) : (
        <ProfileForm card={card} onClose={props.onClose} />
      )}
    </Dialog>
  )
}

function ProfileForm({ card, onClose }: { readonly card: Card; readonly onClose: () => void }) {
  const texts = useTexts()
  const task = useTask()
  const [name, setName] = useState(shownName(card))
  const [status, setStatus] = useState(() => draftOf(card.status))
  const [statusBefore, setStatusBefore] = useState(status)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [removes, setRemoves] = useState(false)
  const choose = (file: File | undefined) => {
    if (file !== undefined) {
      void task.run(async () => {
        const picture = await readPicture(file)
        setChosen({ picture, crop: middleOf(picture), mediaType: file.type })
        setRemoves(false)
      })
    }
  }
  // One after the other: after a refusal, what went before is saved, and is not sent again.
  const save = async () => {
    await saveName(card, name.trim())
    if (status !== statusBefore) {
      hearCards([await changeStatus(statusOf(status, card.status, new Date()))])
      setStatusBefore(status)
    }
    await savePicture(card, chosen, removes)
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void task.run(save)
  }
  return (
    <form className="form" onSubmit={submit}>
      <PictureField
        card={card}
        chosen={chosen}
        removed={removes}
        onChoose={choose}
        onCrop={(crop) => setChosen((before) => (before === null ? null : { ...before, crop }))}
        onRemove={() => {
          setChosen(null)
          setRemoves(true)
        }}
      />
      <Field
        label={texts.people.displayName}
        value={name}
        onChange={setName}
        hint={texts.people.displayNameHint(card.name)}
        maxLength={64}
        testId="display-name"
      />
      <StatusForm draft={status} ends={card.status?.until !== undefined} onDraft={setStatus} />
      <ProblemNotice text={failureText(texts, task.failure)} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {texts.common.cancel}
        </button>
        <button
          type="submit"
          className="button button-main"
          disabled={task.busy}
          data-testid="save-profile"
        >
          {texts.common.save}
        </button>
      </div>
    </form>
  )
}

/** Without a display name one is called by one's name. */
async function saveName(card: Card, wanted: string): Promise<void> {
  const displayName = wanted === '' || wanted === card.name ? null : wanted
  if (displayName !== (card.displayName ?? null)) {
    hearCards([await changeProfile({ displayName })])
  }
}

async function savePicture(card: Card, chosen: Chosen | null, removes: boolean): Promise<void> {
  if (chosen !== null) {
    const cropped = await croppedPicture(chosen.picture, chosen.crop, chosen.mediaType)
    if (cropped === null) {
      throw new Problem('invalid-picture', 0, '')
    }
    hearCards([await changePicture(cropped)])
  } else if (removes && card.picture !== undefined) {
    hearCards([await changePicture(null)])
  }
}

/** One's picture, or what is to become it. */
function PictureField(props: {
  readonly card: Card
  readonly chosen: Chosen | null
  readonly removed: boolean
  readonly onChoose: (file: File | undefined) => void
  readonly onCrop: (crop: Crop) => void
  readonly onRemove: () => void
}) {
  const texts = useTexts()
  const { card, chosen, removed } = props
  const titleId = useId()
  const input = useRef<HTMLInputElement>(null)
  const has = chosen !== null || (card.picture !== undefined && !removed)
  return (
    <section
      className="profile-picture"
      aria-labelledby={titleId}
      data-testid="profile-picture"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        props.onChoose(event.dataTransfer.files[0])
      }}
    >
      <h3 className="sr-only" id={titleId}>
        {texts.people.picture}
      </h3>
      {chosen === null ? (
        <PersonAvatar person={card} size="large" without={removed} />
      ) : (
        <CropStage picture={chosen.picture} crop={chosen.crop} onCrop={props.onCrop} />
      )}
      <div className="profile-picture-tools">
        <button
          type="button"
          className="button button-small"
          data-testid="choose-picture"
          onClick={() => input.current?.click()}
        >
          {has ? texts.people.otherPicture : texts.people.choosePicture}
        </button>
        {has ? (
          <button
            type="button"
            className="button button-small button-quiet"
            data-testid="remove-picture"
            onClick={props.onRemove}
          >
            {texts.people.removePicture}
          </button>
        ) : null}
        <p className="field-hint">{texts.people.pictureHint}</p>
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          data-testid="picture-file"
          onChange={(event) => {
            props.onChoose(event.target.files?.[0])
            // The same file may be chosen again.
            event.target.value = ''
          }}
        />
      </div>
    </section>
  )
}

/** Rejects with a problem for what is no picture, or is too large. */
async function readPicture(file: File): Promise<ImageBitmap> {
  if (file.size > pictureFileBytesMax) {
    throw new Problem('too-large', 0, '')
  }
  try {
    return await createImageBitmap(file)
  } catch {
    throw new Problem('invalid-picture', 0, '')
  }
}
