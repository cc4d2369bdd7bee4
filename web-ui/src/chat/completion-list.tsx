import { useTexts } from '../ui/language.ts'
import type { Completion } from './use-completion.ts'

/** What is offered while one writes. The focus stays where one writes. */
export function CompletionList({
  id,
  completion,
}: {
  readonly id: string
  readonly completion: Completion
}) {
  const texts = useTexts()
  const { offered, at } = completion
  return (
    <>
      <span className="sr-only" role="status">
        {offered.length === 0 ? '' : texts.chat.offered(offered.length)}
      </span>
      {offered.length === 0 ? null : (
        <div id={id} className="completion-list" role="listbox" aria-label={completion.title}>
          {offered.map((each, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys come to the field, which names the active option
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            <div
              key={each.id}
              id={optionId(id, place)}
              className="completion-option"
              role="option"
              aria-selected={place === at}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => completion.choose(each)}
            >
              {each.content}
            </div>
          ))}
        </div>
      )}
    </>
  )
}

export function optionId(listId: string, place: number): string {
  return `${listId}-${place}`
}
