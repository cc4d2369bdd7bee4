import { type HTMLInputAutoCompleteAttribute, useId } from 'react'

/** A labelled line of text. */
export function Field(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly type?: 'text' | 'password'
  readonly autoComplete?: HTMLInputAutoCompleteAttribute
  readonly autoFocus?: boolean
  readonly invalid?: boolean
  /** What is wrong with the value, said beside it in the place of the hint. */
  readonly problem?: string | null
  readonly maxLength?: number
  readonly testId?: string
}) {
  const inputId = useId()
  const hintId = useId()
  const problem = props.problem ?? null
  return (
    <div className="field">
      <label className="field-label" htmlFor={inputId}>
        {props.label}
      </label>
      <input
        id={inputId}
        className="field-input"
        type={props.type ?? 'text'}
        value={props.value}
        dir="auto"
        onChange={(event) => props.onChange(event.target.value)}
        autoComplete={props.autoComplete ?? 'off'}
        autoCapitalize="none"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: a form that was just asked for is where one types next
        autoFocus={props.autoFocus ?? false}
        aria-invalid={problem !== null || (props.invalid ?? false)}
        aria-describedby={problem === null && props.hint === undefined ? undefined : hintId}
        maxLength={props.maxLength}
        data-testid={props.testId}
      />
      {problem !== null ? (
        <span className="field-problem" id={hintId} role="alert">
          {problem}
        </span>
      ) : props.hint === undefined ? null : (
        <span className="field-hint" id={hintId}>
          {props.hint}
        </span>
      )}
    </div>
  )
}
