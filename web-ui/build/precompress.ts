import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Kinds of files that are text; pictures and fonts are compressed already. */
const text = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.webmanifest', '.map'])

const codings: Record<string, (plain: Buffer) => Promise<Buffer>> = {
  '.br': (plain) =>
    promisify(brotliCompress)(plain, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
  '.gz': (plain) => promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION }),
}

/** Writes `name.br` and `name.gz` beside each file of text below a folder that they make shorter. */
export async function compressFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && text.has(extname(entry.name)))
  await Promise.all(
    files.map(async (file) => {
      const path = join(file.parentPath, file.name)
      const plain = await readFile(path)
      for (const [suffix, compress] of Object.entries(codings)) {
        const coded = await compress(plain)
        if (coded.length < plain.length) {
          await writeFile(path + suffix, coded)
        }
      }
    }),
  )
}

/** Compresses the built page as well as it can be, once: http-raw-server sends these forms. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (dir !== undefined) {
          await compressFiles(dir)
        }
      },
    },
  }
}
