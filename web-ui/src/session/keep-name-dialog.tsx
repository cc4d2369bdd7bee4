import { type FormEvent, useState } from 'react'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useTask } from '../ui/use-task.ts'
import { isPassword, passwordUnitsMax } from './password.ts'
import { keepName } from './session.ts'

/** A guest sets a password and becomes a registered person. */
export function KeepNameDialog(props: { readonly name: string; readonly onClose: () => void }) {
  const texts = useTexts()
  const task = useTask()
  const [password, setPassword] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const fits = isPassword(password)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    if (fits && (await task.run(() => keepName(password)))) {
      props.onClose()
    }
  }
  return (
    <Dialog title={texts.session.keepNameTitle(props.name)} onClose={props.onClose}>
      <form className="enter-form" onSubmit={submit}>
        <p>{texts.session.keepNameNote}</p>
        <input type="hidden" autoComplete="username" value={props.name} readOnly />
        <Field
          label={texts.session.password}
          type="password"
          value={password}
          onChange={setPassword}
          hint={texts.session.passwordHint}
          autoComplete="new-password"
          problem={submitted && !fits ? texts.session.passwordLength : null}
          autoFocus
          maxLength={passwordUnitsMax}
          testId="keep-name-password"
        />
        <ProblemNotice text={failureText(texts, task.failure)} />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={props.onClose}>
            {texts.common.cancel}
          </button>
          <button
            type="submit"
            className="button button-main"
            disabled={password === '' || task.busy}
            data-testid="keep-name-submit"
          >
            {texts.common.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
