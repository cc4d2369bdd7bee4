import { ConfirmDialog } from '../ui/dialog.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useTask } from '../ui/use-task.ts'
import type { MessageEntry } from '../wire/frames.ts'
import { shownName } from '../wire/names.ts'

/**
 * Asks before a message goes. It asks, and offers no undo, because nobody can bring a deleted text
 * back; and who deletes a secret wants it gone now, not in a few seconds.
 */
export function DeleteMessageDialog(props: {
  readonly entry: MessageEntry
  readonly me: string
  /** The dialog leaves with the message. Rejects with a problem. */
  readonly onDelete: () => Promise<void>
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const task = useTask()
  const { entry, me } = props
  return (
    <ConfirmDialog
      title={
        entry.personId === me
          ? texts.chat.deleteMessageSure
          : texts.chat.deleteMessageOf(shownName(entry))
      }
      hint={texts.chat.deleteMessageHint}
      confirm={texts.common.delete}
      problem={failureText(texts, task.failure)}
      busy={task.busy}
      onConfirm={() => void task.run(props.onDelete)}
      onClose={props.onClose}
    />
  )
}
