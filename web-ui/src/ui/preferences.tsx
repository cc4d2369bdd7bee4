import { languages, rememberLanguage, useLanguage, useTexts } from './language.ts'
import { MenuChoices } from './menu.tsx'
import { chooseTheme, useTheme } from './theme.ts'

/** Language and theme, as parts of a menu; both are kept. */
export function PreferenceChoices() {
  const texts = useTexts()
  const language = useLanguage()
  const theme = useTheme()
  return (
    <>
      <MenuChoices
        title={texts.settings.language}
        testId="language"
        chosen={language}
        choices={languages.map((each) => ({ value: each.language, name: each.name }))}
        onChoose={rememberLanguage}
      />
      <MenuChoices
        title={texts.settings.theme}
        testId="theme"
        chosen={theme}
        choices={[
          { value: 'auto', name: texts.settings.themeAuto },
          { value: 'light', name: texts.settings.themeLight },
          { value: 'dark', name: texts.settings.themeDark },
        ]}
        onChoose={chooseTheme}
      />
    </>
  )
}
