import { useEffect } from 'react'
import { hearCards } from '../chat/cards.ts'
import { useCard } from '../chat/person.tsx'
import { changeProfile } from '../wire/profile.ts'

/** Says once in which time zone the browser is, if my card has another one: others see my local time. */
export function useTimeZone(me: string): void {
  const card = useCard(me)
  const known = card !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the card as it is first
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    if (card !== undefined && timeZone && card.timeZone !== timeZone) {
      changeProfile({ timeZone }).then(
        (changed) => hearCards([changed]),
        // Others do not see my local time, then.
        () => undefined,
      )
    }
  }, [known])
}
