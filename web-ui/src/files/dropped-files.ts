import type { Dropped } from './uploads.ts'

/** Files and empty folders that one drop may bring; a folder with more is dropped in parts. */
export const droppedMax = 2_000

/** A drop brought more than `droppedMax`: nothing of it is taken, so that nobody misses a part. */
export class TooManyDropped extends Error {
  override readonly name = 'TooManyDropped'
}

/** Are files being dragged, rather than text or a link? */
export function carriesFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files')
}

/**
 * What was dropped: files, and folders with everything in them. The entries must be taken in the
 * event itself; a browser forgets them afterwards, so nothing is awaited before. Rejects with
 * {@link TooManyDropped}, or with what the browser cannot read.
 */
export function droppedFiles(transfer: DataTransfer): Promise<readonly Dropped[]> {
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  return collect(entries)
}

async function collect(
  entries: readonly { readonly entry: FileSystemEntry | null; readonly file: File | null }[],
): Promise<readonly Dropped[]> {
  const found: Dropped[] = []
  for (const { entry, file } of entries) {
    if (entry !== null) {
      await walk(entry, '', found)
    } else if (file !== null) {
      take(found, { file, folder: '' })
    }
  }
  return found
}

function take(found: Dropped[], dropped: Dropped): void {
  if (found.length >= droppedMax) {
    throw new TooManyDropped()
  }
  found.push(dropped)
}

async function walk(entry: FileSystemEntry, folder: string, found: Dropped[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    take(found, { file, folder })
  } else if (isFolder(entry)) {
    await walkFolder(entry, folder === '' ? entry.name : `${folder}/${entry.name}`, found)
  }
}

// readEntries gives about a hundred at a time and an empty list at the end.
async function walkFolder(
  entry: FileSystemDirectoryEntry,
  folder: string,
  found: Dropped[],
): Promise<void> {
  const reader = entry.createReader()
  for (let isEmpty = true; ; isEmpty = false) {
    const children = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (children.length === 0) {
      if (isEmpty) {
        take(found, { file: null, folder })
      }
      return
    }
    for (const child of children) {
      await walk(child, folder, found)
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
