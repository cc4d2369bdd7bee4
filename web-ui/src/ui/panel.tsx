import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'
import { useTexts } from './language.ts'

/** Something beside the conversation; over it where the screen is narrow. */
export function Panel(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const texts = useTexts()
  const titleId = useId()
  return (
    <aside className="panel" aria-labelledby={titleId}>
      <div className="panel-head">
        <h2 className="panel-title" id={titleId}>
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
      <div className="panel-body">{props.children}</div>
    </aside>
  )
}
