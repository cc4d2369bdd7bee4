// @vitest-environment node
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compressFiles } from './precompress.ts'

const script = 'export const answer = 42\n'.repeat(100)
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precompress-'))
  await mkdir(join(folder, 'assets'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

it('writes both forms of a file in a folder, and they decode to the file', async () => {
  await writeFile(join(folder, 'assets/index-1.js'), script)

  await compressFiles(folder)

  const brotli = await readFile(join(folder, 'assets/index-1.js.br'))
  const gzip = await readFile(join(folder, 'assets/index-1.js.gz'))
  expect(brotliDecompressSync(brotli).toString()).toBe(script)
  expect(gunzipSync(gzip).toString()).toBe(script)
  expect(brotli.length).toBeLessThan(script.length)
  expect(gzip.length).toBeLessThan(script.length)
})

it('writes nothing beside a file that it cannot make shorter, and nothing beside a picture', async () => {
  await writeFile(join(folder, 'tiny.css'), 'a{}')
  await writeFile(join(folder, 'flat.png'), Buffer.alloc(10_000))

  await compressFiles(folder)

  expect((await readdir(folder)).sort()).toEqual(['assets', 'flat.png', 'tiny.css'])
})
