import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** Bytes of script, as a browser gets them. */
export interface Budget {
  /** Read before the first room shows. */
  readonly firstMax: number
  readonly allMax: number
  /** Modules that the first room needs, though they are read later than the page itself. */
  readonly first: readonly string[]
  /** Modules of which it needs one besides: the largest counts. */
  readonly oneOf: readonly string[]
}

/** Fails the build when the page's script has grown beyond what a slow line bears. */
export function scriptBudget(budget: Budget): Plugin {
  return {
    name: 'script-budget',
    apply: 'build',
    async generateBundle(_, bundle) {
      const sizes = new Map<string, number>()
      for (const chunk of chunksOf(bundle)) {
        sizes.set(chunk.fileName, (await promisify(brotliCompress)(chunk.code)).length)
      }
      const sizeOf = (names: Iterable<string>) =>
        [...names].reduce((before, name) => before + (sizes.get(name) ?? 0), 0)
      const firsts = budget.oneOf.map((module) =>
        sizeOf(firstChunks(chunksOf(bundle), [...budget.first, module])),
      )
      const sums = { first: Math.max(...firsts), all: sizeOf(sizes.keys()) }
      this.info(`script: ${sums.first} bytes before the first room, ${sums.all} in all`)
      if (sums.first > budget.firstMax || sums.all > budget.allMax) {
        this.error(
          `The page's script has ${sums.first} bytes before the first room (at most ` +
            `${budget.firstMax}) and ${sums.all} in all (at most ${budget.allMax}). ` +
            'Read what is not needed at once with later(), or do without it.',
        )
      }
    },
  }
}

type Chunk = Pick<
  Rolldown.OutputChunk,
  'fileName' | 'code' | 'imports' | 'isEntry' | 'facadeModuleId'
>

function chunksOf(bundle: Rolldown.OutputBundle): readonly Chunk[] {
  return Object.values(bundle).filter((each) => each.type === 'chunk')
}

/** The entry, the named modules, and everything that they import. */
export function firstChunks(chunks: readonly Chunk[], modules: readonly string[]): Set<string> {
  const found = new Set<string>()
  const add = (fileName: string) => {
    const chunk = chunks.find((each) => each.fileName === fileName)
    if (chunk !== undefined && !found.has(fileName)) {
      found.add(fileName)
      chunk.imports.forEach(add)
    }
  }
  for (const chunk of chunks) {
    if (chunk.isEntry || modules.some((module) => chunk.facadeModuleId?.endsWith(module))) {
      add(chunk.fileName)
    }
  }
  return found
}
