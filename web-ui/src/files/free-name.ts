/** UTF-8 bytes that a name may have. */
export const nameBytesMax = 255

const encoder = new TextEncoder()

/**
 * The name for the n-th try: `plan.pdf`, `plan (2).pdf`, `plan (3).pdf`. The part before the ending is
 * shortened where the whole would be too long.
 */
export function numberedName(name: string, attempt: number): string {
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? name.slice(dot) : ''
  const suffix = attempt > 1 ? ` (${attempt})${ending}` : ending
  const stem = [...(ending === '' ? name : name.slice(0, dot))]
  while (stem.length > 1 && encoder.encode(stem.join('') + suffix).length > nameBytesMax) {
    stem.pop()
  }
  return stem.join('') + suffix
}

/** Controls, line ends, and what steers the direction of a text. */
const unkept = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** A name as the server keeps it: NFC, without what no name may have. */
export function cleanName(name: string): string {
  const cleaned = name.normalize('NFC').replaceAll(unkept, '').replaceAll('/', '_')
  return cleaned === '' || cleaned === '.' || cleaned === '..' ? '_' : cleaned
}

/** A site's name that a folder's name suggests. */
export function siteNameOf(folder: string): string {
  return folder
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '')
}

/** One DNS label: what a site may be called. */
export function isSiteName(name: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
}
