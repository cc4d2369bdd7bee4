import type { Dropped } from './uploads.ts'

/** Files that one drop may bring; a folder with more is dropped in parts. */
export const droppedMax = 2_000

/** Are files being dragged, rather than text or a link? */
export function carriesFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files')
}

/**
 * What was dropped: files, and folders with everything in them. The entries must be taken in the
 * event itself; a browser forgets them afterwards, so nothing is awaited before.
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
      found.push({ file, folder: '' })
    }
  }
  return found
}

async function walk(entry: FileSystemEntry, folder: string, found: Dropped[]): Promise<void> {
  if (found.length >= droppedMax) {
    return
  }
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    found.push({ file, folder })
  } else if (isFolder(entry)) {
    const inside = folder === '' ? entry.name : `${folder}/${entry.name}`
    for (const child of await childrenOf(entry)) {
      await walk(child, inside, found)
    }
  }
}

// readEntries gives about a hundred at a time and an empty list at the end.
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) {
      return children
    }
    children.push(...some)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
