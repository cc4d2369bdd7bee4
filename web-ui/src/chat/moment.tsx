import { formatMoment, formatTime } from '../ui/format.ts'
import { localeOf, useLanguage } from '../ui/language.ts'

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
