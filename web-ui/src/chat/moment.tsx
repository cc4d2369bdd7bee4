import { formatMoment, formatTime } from '../ui/format.ts'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'

/** When something happened: the time of day, and the whole moment under the pointer. */
export function Moment({ sentAt }: { readonly sentAt: string }) {
  const locale = localeOf(useLanguage())
  const at = new Date(sentAt)
  return (
    <time className="moment" dateTime={sentAt} title={formatMoment(at, locale)}>
      {formatTime(at, locale)}
    </time>
  )
}

/** That a message was edited, and when: under the pointer, and for those who hear the page. */
export function EditedMark({ editedAt }: { readonly editedAt: string }) {
  const texts = useTexts()
  const moment = formatMoment(new Date(editedAt), localeOf(useLanguage()))
  return (
    <time
      className="message-edited-mark"
      dateTime={editedAt}
      title={texts.chat.editedAt(moment)}
      data-testid="edited"
    >
      <span aria-hidden="true">{texts.chat.edited}</span>
      <span className="sr-only">{texts.chat.editedAt(moment)}</span>
    </time>
  )
}
