import { expect, it } from 'vitest'
import { partsByModule } from './script-parts.ts'

it('each module is in the first part that needs it, and the others are in none', () => {
  const imports: { readonly [module: string]: readonly string[] } = {
    main: ['ui'],
    room: ['ui', 'wire'],
    wire: ['room'],
    editor: ['wire', 'field'],
    sites: ['field'],
  }
  const parts = [
    { name: 'page', begins: ['main'] },
    { name: 'room', begins: ['room'] },
    { name: 'soon', begins: ['editor'] },
  ]
  expect([...partsByModule(parts, (module) => imports[module] ?? [])]).toEqual([
    ['main', 'page'],
    ['ui', 'page'],
    ['room', 'room'],
    ['wire', 'room'],
    ['editor', 'soon'],
    ['field', 'soon'],
  ])
})
