import type { Catalogue } from './catalogue-en.ts'
import { recall, remember } from './remembered.ts'
import { createStore, useStore } from './store.ts'

export type Language = 'en' | 'zh'

export const languages: readonly { readonly language: Language; readonly name: string }[] = [
  { language: 'en', name: 'English' },
  { language: 'zh', name: '简体中文' },
]

/** Each is a script of its own: the page reads only that of its language. */
const catalogues: { readonly [L in Language]: () => Promise<Catalogue> } = {
  en: async () => (await import('./catalogue-en.ts')).en,
  zh: async () => (await import('./catalogue-zh.ts')).zh,
}

/** What the browser may be told, for `<html lang>` and for formatting times. */
export function localeOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en'
}

/** The first language of the browser that we speak; English if there is none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const each of wanted) {
    const primary = each.toLowerCase().split('-')[0]
    if (primary === 'zh' || primary === 'en') {
      return primary
    }
  }
  return 'en'
}

interface Spoken {
  readonly language: Language
  readonly texts: Catalogue
}

const store = createStore<Spoken | null>(null)

/** Resolves when the page can speak; rejects if the texts do not arrive. */
export async function startLanguage(): Promise<void> {
  const remembered = recall('language')
  await chooseLanguage(
    remembered === 'en' || remembered === 'zh'
      ? remembered
      : preferredLanguage(navigator.languages),
  )
}

/** Shows the page in this language, as soon as its texts are here. */
export async function chooseLanguage(language: Language): Promise<void> {
  store.set({ language, texts: await catalogues[language]() })
  document.documentElement.lang = localeOf(language)
}

/** Shows the page in this language and keeps it for the next visit; without a line nothing changes. */
export function rememberLanguage(language: Language): void {
  chooseLanguage(language).then(
    () => remember('language', language),
    () => undefined,
  )
}

export function useLanguage(): Language {
  return useStore(store, spoken).language
}

/** The texts in the language of the page. */
export function useTexts(): Catalogue {
  return useStore(store, spoken).texts
}

function spoken(value: Spoken | null): Spoken {
  if (value === null) {
    throw new Error('the page shows before startLanguage() is done')
  }
  return value
}

/** Problems that are somebody's mistake: only the operator can find out more. */
const unexpected: ReadonlySet<string> = new Set(['internal-error', 'invalid-request'])

/** A sentence for a problem's slug; one that we do not know is somebody's mistake, not the user's. */
export function problemText(texts: Catalogue, slug: string): string {
  const sentences: { readonly [slug: string]: string } = texts.problem
  return sentences[slug] ?? texts.problem['internal-error']
}

/** The sentence for what a task failed with; `null` if it did not fail. */
export function failureText(texts: Catalogue, failure: unknown): string | null {
  if (failure === null) {
    return null
  }
  if (typeof failure === 'object' && 'resembles' in failure) {
    const { resembles } = failure
    if (typeof resembles === 'string') {
      return texts.session.nameResembles(resembles)
    }
  }
  if (typeof failure === 'object' && 'tooLarge' in failure && isSiteSize(failure.tooLarge)) {
    return texts.files.siteTooLarge(failure.tooLarge.bytes, failure.tooLarge.bytesMax)
  }
  const slug = typeof failure === 'object' && 'slug' in failure ? failure.slug : undefined
  const known =
    typeof slug === 'string' && Object.hasOwn(texts.problem, slug) ? slug : 'internal-error'
  const sentence = problemText(texts, known)
  const reference =
    typeof failure === 'object' && 'reference' in failure ? failure.reference : undefined
  return unexpected.has(known) && typeof reference === 'string'
    ? `${sentence} ${texts.problemReference(reference)}`
    : sentence
}

function isSiteSize(value: unknown): value is { bytes: number; bytesMax: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'bytes' in value &&
    typeof value.bytes === 'number' &&
    'bytesMax' in value &&
    typeof value.bytesMax === 'number'
  )
}
