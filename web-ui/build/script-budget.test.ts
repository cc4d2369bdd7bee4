import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { firstChunks, scriptBudget } from './script-budget.ts'

function chunk(fileName: string, imports: string[], isEntry = false) {
  return { fileName, code: '', imports, isEntry, facadeModuleId: `/src/${fileName}` }
}

describe('the budget of script', () => {
  it('counts what the first room needs, and what that imports', () => {
    const chunks = [
      chunk('main.js', ['ui.js'], true),
      chunk('ui.js', []),
      chunk('inside.js', ['ui.js', 'wire.js']),
      chunk('wire.js', ['ui.js']),
      chunk('sites.js', ['ui.js']),
    ]
    expect(firstChunks(chunks, ['/inside.js'])).toEqual(
      new Set(['main.js', 'ui.js', 'inside.js', 'wire.js']),
    )
  })

  it.each([
    { firstMax: 10, allMax: 10_000 },
    { firstMax: 10_000, allMax: 10 },
  ])('fails the build beyond it: %j', async (limits) => {
    const bundling = build({
      configFile: false,
      logLevel: 'silent',
      plugins: [scriptBudget({ ...limits, first: [] })],
      build: { write: false, lib: { entry: 'build/script-budget.ts', formats: ['es'] } },
    })
    await expect(bundling).rejects.toThrow('bytes before the first room')
  })
})
