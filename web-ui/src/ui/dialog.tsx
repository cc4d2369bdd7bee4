import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import { useTexts } from './language.ts'

/**
 * A modal dialog: the browser keeps the focus inside and gives it back afterwards. It is open as
 * long as it is rendered.
 */
export function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const texts = useTexts()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the dialog leaves the page: one that is gone gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    // The browser would choose the close button, which stands first.
    element?.querySelector<HTMLElement>('input[type="text"], input[type="password"]')?.focus()
    return () => {
      element?.close()
      if (document.activeElement === document.body && before instanceof HTMLElement) {
        before.focus()
      }
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
    >
      <div className="dialog-head">
        <h2 className="dialog-title" id={titleId}>
          {props.title}
        </h2>
        <button
          type="button"
          className="button button-icon"
          aria-label={texts.common.close}
          onClick={props.onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="dialog-body">{props.children}</div>
    </dialog>
  )
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: {
  readonly title: string
  readonly hint: string
  readonly confirm: string
  readonly problem: string | null
  readonly busy: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const texts = useTexts()
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p>{props.hint}</p>
      <ProblemNotice text={props.problem} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={props.onClose}>
          {texts.common.cancel}
        </button>
        <button
          type="button"
          className="button button-danger"
          disabled={props.busy}
          onClick={props.onConfirm}
        >
          {props.confirm}
        </button>
      </div>
    </Dialog>
  )
}

/** What went wrong, said aloud; nothing if nothing did. */
export function ProblemNotice({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <p className="notice notice-danger" role="alert">
      {text}
    </p>
  )
}
