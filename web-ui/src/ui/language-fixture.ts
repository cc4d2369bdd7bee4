import { chooseLanguage } from './language.ts'

// The views that tests show speak English.
if ('document' in globalThis) {
  await chooseLanguage('en')
}
