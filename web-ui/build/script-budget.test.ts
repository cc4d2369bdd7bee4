import { randomBytes } from 'node:crypto'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { firstChunks, scriptBudget } from './script-budget.ts'

function chunk(fileName: string, imports: string[], isEntry = false) {
  return { fileName, code: '', imports, isEntry, facadeModuleId: `/src/${fileName}` }
}

const incompressible = randomBytes(2_000).toString('base64')

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
      plugins: [scriptBudget({ ...limits, first: [], oneOf: ['none'] })],
      build: { write: false, lib: { entry: 'build/script-budget.ts', formats: ['es'] } },
    })
    await expect(bundling).rejects.toThrow('bytes before the first room')
  })

  it('counts the largest of those of which one is needed', async () => {
    const parts: { readonly [id: string]: string } = {
      'entry.js': "export const both = [() => import('short.js'), () => import('long.js')]",
      'short.js': 'export const text = "a"',
      'long.js': `export const text = ${JSON.stringify(incompressible)}`,
    }
    const said: string[] = []
    await build({
      configFile: false,
      logLevel: 'silent',
      plugins: [
        {
          name: 'parts',
          enforce: 'pre',
          resolveId: (id) => (id in parts ? id : null),
          load: (id) => parts[id] ?? null,
        },
        scriptBudget({
          firstMax: 10_000,
          allMax: 10_000,
          first: [],
          oneOf: ['short.js', 'long.js'],
        }),
      ],
      build: {
        write: false,
        rolldownOptions: {
          input: 'entry.js',
          preserveEntrySignatures: 'strict',
          onLog: (_, { message }) => said.push(message),
        },
      },
    })
    const [, first, all] =
      /script: (\d+) bytes before the first room, (\d+) in all/.exec(said.join()) ?? []
    expect(Number(first)).toBeGreaterThan(incompressible.length / 2)
    expect(Number(first)).toBeLessThan(Number(all))
  })
})
