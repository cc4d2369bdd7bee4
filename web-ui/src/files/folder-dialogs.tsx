import { type FormEvent, useState } from 'react'
import { ConfirmDialog, Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { visibleName } from '../ui/shown-name.tsx'
import { type Task, useTask } from '../ui/use-task.ts'
import {
  createFolder,
  deleteItem,
  type Item,
  joinPath,
  moveItem,
  type Space,
} from '../wire/files.ts'
import { cleanName } from './free-name.ts'

/** What somebody wants to do with a folder or an item of it. */
export type Asked =
  | { readonly ask: 'create'; readonly folder: string }
  | { readonly ask: 'rename'; readonly item: Item }
  | { readonly ask: 'delete'; readonly item: Item }

/** Asks for what is still missing, a name or a yes, and does it. */
export function FolderDialog(props: {
  readonly space: Space
  readonly asked: Asked
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const texts = useTexts()
  const task = useTask()
  const { space, asked } = props
  const run = async (work: () => Promise<void>) => {
    if (await task.run(work)) {
      props.onDone()
    }
  }
  switch (asked.ask) {
    case 'create':
      return (
        <NameDialog
          title={texts.files.newFolder}
          label={texts.files.folderName}
          action={texts.common.create}
          initial=""
          task={task}
          onClose={props.onClose}
          onName={(name) => run(() => createFolder(space, joinPath(asked.folder, name)))}
        />
      )
    case 'rename':
      return (
        <NameDialog
          title={texts.common.rename}
          label={texts.files.newName}
          action={texts.common.rename}
          initial={asked.item.name}
          task={task}
          onClose={props.onClose}
          onName={(name) => run(() => moveItem(space, asked.item.path, renamed(asked.item, name)))}
        />
      )
    case 'delete':
      return (
        <ConfirmDialog
          title={texts.files.deleteSure(visibleName(asked.item.name))}
          hint={
            asked.item.kind === 'folder' ? texts.files.deleteFolderHint : texts.files.deleteFileHint
          }
          confirm={texts.common.delete}
          problem={failureText(texts, task.failure)}
          busy={task.busy}
          onConfirm={() => void run(() => deleteItem(space, asked.item))}
          onClose={props.onClose}
        />
      )
  }
}

function renamed(item: Item, name: string): string {
  return joinPath(item.path.split('/').slice(0, -1).join('/'), name)
}

function NameDialog(props: {
  readonly title: string
  readonly label: string
  readonly action: string
  readonly initial: string
  readonly task: Task
  readonly onClose: () => void
  readonly onName: (name: string) => Promise<void>
}) {
  const texts = useTexts()
  const [name, setName] = useState(props.initial)
  const cleaned = cleanName(name.trim())
  const usable = name.trim() !== '' && cleaned !== props.initial
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (usable) {
      void props.onName(cleaned)
    }
  }
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form className="form" onSubmit={submit}>
        <Field
          label={props.label}
          value={name}
          onChange={setName}
          autoFocus
          maxLength={255}
          invalid={props.task.failure !== null}
          testId="folder-name"
        />
        <ProblemNotice text={failureText(texts, props.task.failure)} />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={props.onClose}>
            {texts.common.cancel}
          </button>
          <button
            type="submit"
            className="button button-main"
            disabled={!usable || props.task.busy}
            data-testid="folder-submit"
          >
            {props.action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
