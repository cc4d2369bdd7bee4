import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Mark } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx'
import { type Task, useTask } from '../ui/use-task.ts'
import { handleOf } from '../wire/names.ts'
import { Problem } from '../wire/problem.ts'
import { isPassword, passwordUnitsMax } from './password.ts'
import { enter, type WayIn } from './session.ts'
import './session.css'

const ways: readonly { readonly way: WayIn; readonly testId: string }[] = [
  { way: 'guest', testId: 'tab-guest' },
  { way: 'register', testId: 'tab-register' },
  { way: 'sign-in', testId: 'tab-signin' },
]

/** The door: a name is enough, an account is possible. */
export function EnterPage({ ended }: { readonly ended: boolean }) {
  const texts = useTexts()
  const [way, setWay] = useState<WayIn>('guest')
  const [name, setName] = useState('')
  const task = useTask()
  const labels = {
    guest: texts.session.guestTab,
    register: texts.session.registerTab,
    'sign-in': texts.session.signInTab,
  }
  return (
    <main className="enter">
      <div className="enter-card">
        <header className="enter-head">
          <Mark />
          <h1 className="enter-brand">Tercet</h1>
          <p className="enter-tagline">{texts.app.tagline}</p>
        </header>
        {ended ? (
          <p className="notice" role="status">
            {texts.session.ended}
          </p>
        ) : null}
        <fieldset className="enter-tabs">
          <legend className="sr-only">{texts.session.waysIn}</legend>
          {ways.map((each) => (
            <button
              key={each.way}
              type="button"
              className="enter-tab"
              aria-pressed={way === each.way}
              data-testid={each.testId}
              onClick={() => {
                setWay(each.way)
                task.clear()
              }}
            >
              {labels[each.way]}
            </button>
          ))}
        </fieldset>
        <EnterForm key={way} way={way} name={name} onName={setName} task={task} />
      </div>
      <footer className="enter-foot">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </main>
  )
}

function EnterForm(props: {
  readonly way: WayIn
  readonly name: string
  readonly onName: (name: string) => void
  readonly task: Task
}) {
  const texts = useTexts()
  const { way, name, onName, task } = props
  const [password, setPassword] = useState('')
  const withPassword = way !== 'guest'
  const [submitted, setSubmitted] = useState(false)
  const complete = handleOf(name) !== '' && (!withPassword || password !== '')
  const fits = way !== 'register' || isPassword(password)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    if (complete && fits) {
      void task.run(() => enter(way, name.trim(), password))
    }
  }
  return (
    <form className="enter-form" onSubmit={submit}>
      <Field
        label={texts.session.name}
        value={name}
        onChange={onName}
        hint={nameHint(texts, way, name)}
        autoComplete="username"
        autoFocus
        maxLength={64}
        invalid={task.failure !== null}
        testId="enter-name"
      />
      {withPassword ? (
        <PasswordField
          isNew={way === 'register'}
          value={password}
          onChange={setPassword}
          refused={submitted && !fits}
          invalid={task.failure !== null}
        />
      ) : null}
      <ProblemNotice text={enterFailure(texts, way, task.failure)} />
      <button
        type="submit"
        className="button button-main button-wide"
        disabled={!complete || task.busy}
        data-testid="enter-submit"
      >
        {way === 'guest'
          ? texts.session.enter
          : way === 'register'
            ? texts.session.register
            : texts.session.signIn}
      </button>
      <p className="enter-note">
        {way === 'guest'
          ? texts.session.guestNote
          : way === 'register'
            ? texts.session.registerNote
            : texts.session.signInNote}
      </p>
    </form>
  )
}

function PasswordField(props: {
  /** It is chosen here, and must be long enough. */
  readonly isNew: boolean
  readonly value: string
  readonly onChange: (value: string) => void
  readonly refused: boolean
  readonly invalid: boolean
}) {
  const texts = useTexts()
  return (
    <Field
      label={texts.session.password}
      type="password"
      value={props.value}
      onChange={props.onChange}
      {...(props.isNew ? { hint: texts.session.passwordHint } : {})}
      problem={props.refused ? texts.session.passwordLength : null}
      autoComplete={props.isNew ? 'new-password' : 'current-password'}
      maxLength={passwordUnitsMax}
      invalid={props.invalid}
      testId="password"
    />
  )
}

/** Under which name one will be found, if that is not what was typed. */
function nameHint(texts: ReturnType<typeof useTexts>, way: WayIn, typed: string): string {
  const handle = handleOf(typed)
  const asTyped = way === 'sign-in' || handle === '' || handle === typed.trim()
  return asTyped ? texts.session.nameHint : texts.session.handleHint(handle)
}

/** A taken name at the door is not an error to accept but a choice: another name, or sign in. */
function enterFailure(texts: ReturnType<typeof useTexts>, way: WayIn, failure: unknown) {
  const taken = failure instanceof Problem && failure.slug === 'name-taken'
  return taken && way !== 'sign-in' ? texts.session.nameIsTaken : failureText(texts, failure)
}
