/** Weekday, hour and minute in a time zone; `null` if this browser does not know the zone. */
export function localTime(at: Date, timeZone: string, locale: string): string | null {
  try {
    return new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(at)
  } catch {
    return null
  }
}
