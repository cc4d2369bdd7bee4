import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'

/** Opens the list of rooms where the screen is too narrow for it. */
export function MenuButton({ onMenu }: { readonly onMenu: () => void }) {
  const texts = useTexts()
  return (
    <button
      type="button"
      className="button button-icon narrow-only menu-button"
      aria-label={texts.app.menu}
      data-testid="menu"
      onClick={onMenu}
    >
      <Icon name="menu" />
    </button>
  )
}
