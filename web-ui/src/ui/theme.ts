import { recall, remember } from './remembered.ts'
import { createStore, useStore } from './store.ts'

export type Theme = 'auto' | 'light' | 'dark'

const store = createStore<Theme>('auto')

export function startTheme(): void {
  const remembered = recall('theme')
  show(remembered === 'light' || remembered === 'dark' ? remembered : 'auto')
}

export function chooseTheme(theme: Theme): void {
  show(theme)
  remember('theme', theme)
}

export function useTheme(): Theme {
  return useStore(store, (theme) => theme)
}

// tokens.css answers to the attribute, and to prefers-color-scheme where it says auto.
function show(theme: Theme): void {
  store.set(theme)
  document.documentElement.dataset.theme = theme
}
