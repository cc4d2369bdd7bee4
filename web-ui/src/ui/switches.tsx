import { languages, rememberLanguage, useLanguage, useTexts } from './language.ts'
import { chooseTheme, type Theme, useTheme } from './theme.ts'

/** Chooses the language of the page; the choice is kept. */
export function LanguageSwitch() {
  const texts = useTexts()
  const language = useLanguage()
  return (
    <label className="switch">
      <span className="sr-only">{texts.settings.language}</span>
      <select
        className="switch-select"
        value={language}
        data-testid="language"
        onChange={(event) => {
          const chosen = languages.find((each) => each.language === event.target.value)
          if (chosen !== undefined) {
            rememberLanguage(chosen.language)
          }
        }}
      >
        {languages.map((each) => (
          <option key={each.language} value={each.language}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Chooses light, dark, or what the system says; the choice is kept. */
export function ThemeSwitch() {
  const texts = useTexts()
  const theme = useTheme()
  const names: { readonly [T in Theme]: string } = {
    auto: texts.settings.themeAuto,
    light: texts.settings.themeLight,
    dark: texts.settings.themeDark,
  }
  return (
    <label className="switch">
      <span className="sr-only">{texts.settings.theme}</span>
      <select
        className="switch-select"
        value={theme}
        data-testid="theme"
        onChange={(event) => {
          const chosen = event.target.value
          chooseTheme(chosen === 'light' || chosen === 'dark' ? chosen : 'auto')
        }}
      >
        <option value="auto">{names.auto}</option>
        <option value="light">{names.light}</option>
        <option value="dark">{names.dark}</option>
      </select>
    </label>
  )
}
