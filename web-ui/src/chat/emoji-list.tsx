import { useTexts } from '../ui/language.ts'
import type { EmojiCompletion } from './use-emoji-completion.ts'

/** The emoji that are offered while one writes. The focus stays where one writes. */
export function EmojiList({
  id,
  completion,
}: {
  readonly id: string
  readonly completion: EmojiCompletion
}) {
  const texts = useTexts()
  const { offered, at } = completion
  return (
    <>
      <span className="sr-only" role="status">
        {offered.length === 0 ? '' : texts.chat.emojiOffered(offered.length)}
      </span>
      {offered.length === 0 ? null : (
        <div id={id} className="emoji-list" role="listbox" aria-label={texts.chat.emoji}>
          {offered.map((each, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys come to the field, which names the active option
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            <div
              key={each.emoji}
              id={optionId(id, place)}
              className="emoji-option"
              role="option"
              aria-selected={place === at}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => completion.choose(each)}
            >
              <span className="emoji-option-sign">{each.emoji}</span>
              <span>:{each.names[0]}:</span>
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
