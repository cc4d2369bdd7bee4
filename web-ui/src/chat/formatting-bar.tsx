import type { Catalogue } from '../ui/catalogue-en.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { useArrowKeys } from '../ui/use-arrow-keys.ts'
import type { Mark } from './formatting.ts'

const marks: readonly {
  readonly mark: Mark
  readonly icon: IconName
  readonly label: (texts: Catalogue) => string
}[] = [
  { mark: 'bold', icon: 'bold', label: (texts) => texts.chat.bold },
  { mark: 'italic', icon: 'italic', label: (texts) => texts.chat.italic },
  { mark: 'strike', icon: 'strike', label: (texts) => texts.chat.strike },
  { mark: 'link', icon: 'link', label: (texts) => texts.chat.link },
  { mark: 'list', icon: 'list', label: (texts) => texts.chat.list },
  { mark: 'quote', icon: 'quote', label: (texts) => texts.chat.quote },
  { mark: 'code', icon: 'code', label: (texts) => texts.chat.code },
  { mark: 'spoiler', icon: 'spoiler', label: (texts) => texts.chat.spoiler },
]

/** Marks for what is selected, and the switch of the preview: one stop for the Tab key. */
export function FormattingBar(props: {
  readonly onMark: (mark: Mark) => void
  readonly previews: boolean
  readonly onPreview: () => void
}) {
  const texts = useTexts()
  const arrows = useArrowKeys<HTMLDivElement>()
  return (
    <div
      {...arrows}
      className="formatting"
      role="toolbar"
      aria-label={texts.chat.formatting}
      data-testid="formatting"
    >
      {marks.map(({ mark, icon, label }) => (
        <button
          key={mark}
          type="button"
          className="button button-icon button-small"
          aria-label={label(texts)}
          title={label(texts)}
          // The selection in the field must stay.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => props.onMark(mark)}
        >
          <Icon name={icon} />
        </button>
      ))}
      <button
        type="button"
        className="button button-small button-quiet formatting-preview"
        aria-pressed={props.previews}
        data-testid="preview"
        onPointerDown={(event) => event.preventDefault()}
        onClick={props.onPreview}
      >
        {texts.chat.preview}
      </button>
    </div>
  )
}
