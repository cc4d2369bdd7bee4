const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** A size for people: 0 B, 812 B, 47.1 KiB, 10 GiB. */
export function formatSize(bytes: number, locale: string): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  return `${number} ${units[unit] ?? 'B'}`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

// Making a formatter costs more than using it a hundred times.
function formatter(locale: string, key: string, options: Intl.DateTimeFormatOptions) {
  const name = `${locale} ${key}`
  const known = formatters.get(name)
  if (known !== undefined) {
    return known
  }
  const made = new Intl.DateTimeFormat(locale, options)
  formatters.set(name, made)
  return made
}

/** Hour and minute where the reader is. */
export function formatTime(at: Date, locale: string): string {
  return formatter(locale, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  )
}

export function formatDay(at: Date, locale: string): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  return formatter(locale, 'day', options).format(at)
}

export function formatMoment(at: Date, locale: string): string {
  return formatter(locale, 'moment', {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(at)
}

/** As short as it is clear: the time for today, the date for any other day. */
export function formatRecent(at: Date, now: Date, locale: string): string {
  return dayKey(at) === dayKey(now)
    ? formatTime(at, locale)
    : formatter(locale, 'date', { dateStyle: 'medium' }).format(at)
}

/** Equal for two times on the same day where the reader is. */
export function dayKey(at: Date): string {
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`
}
