import type { Rolldown } from 'vite'

/** Scripts of the page by name, each with the modules that it begins at. */
export type ScriptParts = readonly { readonly name: string; readonly begins: readonly string[] }[]

/**
 * Puts all that a part needs, and no part before it has, into one script: many small scripts that
 * share pieces are longer together than one, and slower to come.
 */
export function scriptParts(parts: ScriptParts): Rolldown.CodeSplittingGroup {
  let partOf: Map<string, string> | null = null
  return {
    debugName: 'parts',
    name: (id, context) => {
      partOf ??= partsByModule(parts, (module) => context.getModuleInfo(module)?.importedIds ?? [])
      return partOf.get(id) ?? null
    },
  }
}

/** The part of each module that is in one: the first that needs it. */
export function partsByModule(
  parts: ScriptParts,
  importsOf: (module: string) => readonly string[],
): Map<string, string> {
  const found = new Map<string, string>()
  for (const { name, begins } of parts) {
    const add = (module: string) => {
      if (!found.has(module)) {
        found.set(module, name)
        importsOf(module).forEach(add)
      }
    }
    begins.forEach(add)
  }
  return found
}
