import { formatMoment, formatRecent, formatSize } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { ShownName, visibleName } from '../ui/shown-name.tsx'
import { useToday } from '../ui/today.ts'
import { fileUrl, type Item, type Space } from '../wire/files.ts'
import type { Asked } from './folder-dialogs.tsx'
import { cleanName } from './free-name.ts'

/** A file or a folder in the list, and what can be done with it. */
export function ItemRow(props: {
  readonly space: Space
  readonly item: Item
  readonly onOpen: () => void
  readonly onAsk: (asked: Asked) => void
}) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const { item } = props
  useToday()
  const modified = new Date(item.modifiedAt)
  const changed = (
    <time dateTime={item.modifiedAt} title={formatMoment(modified, locale)}>
      {formatRecent(modified, new Date(), locale)}
    </time>
  )
  return (
    <li className="item" data-testid="file-item" data-name={item.name} data-kind={item.kind}>
      {item.kind === 'folder' ? (
        <button type="button" className="item-main" onClick={props.onOpen}>
          <span className="sr-only">{texts.files.openFolder} </span>
          <span className="file-mark file-mark-folder">
            <Icon name="folder" />
          </span>
          <span className="file-what">
            <span className="file-name" dir="auto">
              <ShownName name={item.name} />
            </span>
            <span className="file-size">{changed}</span>
          </span>
        </button>
      ) : (
        <a
          className="item-main"
          href={fileUrl(props.space, item.path)}
          download={cleanName(item.name)}
        >
          <span className="sr-only">{texts.files.download} </span>
          <span className="file-mark">
            <Icon name="file" />
          </span>
          <span className="file-what">
            <span className="file-name" dir="auto">
              <ShownName name={item.name} />
            </span>
            <span className="file-size">
              {formatSize(item.size, locale)} · {changed}
            </span>
          </span>
        </a>
      )}
      <span className="item-actions">
        <button
          type="button"
          className="button button-icon button-small"
          aria-label={`${texts.common.rename}: ${visibleName(item.name)}`}
          title={texts.common.rename}
          onClick={() => props.onAsk({ ask: 'rename', item })}
        >
          <Icon name="edit" />
        </button>
        <button
          type="button"
          className="button button-icon button-small"
          aria-label={`${texts.common.delete}: ${visibleName(item.name)}`}
          title={texts.common.delete}
          onClick={() => props.onAsk({ ask: 'delete', item })}
        >
          <Icon name="trash" />
        </button>
      </span>
    </li>
  )
}
