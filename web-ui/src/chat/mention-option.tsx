import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { PersonName } from '../ui/person-name.tsx'
import type { Callable } from './mention-search.ts'
import { PersonAvatar } from './person.tsx'

/** A person that can be mentioned, or what calls many of them and says so. */
export function MentionOption({ callable }: { readonly callable: Callable }) {
  const texts = useTexts()
  if ('person' in callable) {
    const { name, displayName } = callable.person
    return (
      <>
        <PersonAvatar person={callable.person} size="small" />
        <span className="completion-option-name">
          <PersonName name={name} displayName={displayName} />
        </span>
      </>
    )
  }
  return (
    <>
      <span className="completion-option-call">
        <Icon name="people" />
      </span>
      <span className="completion-option-name">
        @{callable.call}{' '}
        <span className="handle">
          {callable.call === 'room' ? texts.chat.callsRoom : texts.chat.callsHere}
        </span>
      </span>
    </>
  )
}
