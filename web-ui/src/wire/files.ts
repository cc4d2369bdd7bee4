import { read, request } from './http.ts'
import { Problem, readProblem } from './problem.ts'
import {
  asObject,
  type JsonObject,
  Mismatch,
  readBoolean,
  readInteger,
  readList,
  readOptionalString,
  readString,
} from './read.ts'

/** Whose folder: one's own, or a room's. */
export type Space = 'people/me' | `rooms/${string}`

interface ItemBase {
  readonly fileId: string
  /** Below the space, `/` between names. */
  readonly path: string
  readonly name: string
  readonly modifiedAt: string
}

export interface FolderItem extends ItemBase {
  readonly kind: 'folder'
}

export interface FileItem extends ItemBase {
  readonly kind: 'file'
  /** Bytes. */
  readonly size: number
  readonly mediaType: string
}

export type Item = FolderItem | FileItem

export interface Listing {
  readonly items: readonly Item[]
  /** Where the next page starts; `null` on the last one. */
  readonly next: string | null
}

export const listingPage = 500

function readItem(from: JsonObject): Item {
  const base = {
    fileId: readString(from, 'fileId'),
    path: readString(from, 'path'),
    name: readString(from, 'name'),
    modifiedAt: readString(from, 'modifiedAt'),
  }
  const kind = readString(from, 'kind')
  switch (kind) {
    case 'folder':
      return { ...base, kind }
    case 'file':
      return {
        ...base,
        kind,
        size: readInteger(from, 'size'),
        mediaType: readOptionalString(from, 'mediaType') ?? 'application/octet-stream',
      }
    default:
      throw new Mismatch('kind is neither file nor folder')
  }
}

/** The names of a path, each fit for an address, without a slash at either end. */
function encodePath(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '')
    .map(encodeURIComponent)
    .join('/')
}

/** Where a file's bytes are, at our own origin. */
export function fileUrl(space: Space, path: string): string {
  return `/api/files/${space}/${encodePath(path)}`
}

/** Where the bytes of one version are, also after the file was renamed or replaced. */
export function versionUrl(fileId: string, version: number): string {
  return `/api/files/by-id/${encodeURIComponent(fileId)}?version=${version}`
}

function folderUrl(space: Space, path: string): string {
  return path === '' ? `/api/files/${space}/` : `${fileUrl(space, path)}/`
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

export async function listFolder(
  space: Space,
  path: string,
  after: string | null,
): Promise<Listing> {
  const query = after === null ? '' : `&after=${encodeURIComponent(after)}`
  const body = await request(`${folderUrl(space, path)}?limit=${listingPage}${query}`)
  return read(body, (value) => {
    const from = asObject(value, 'a listing')
    const next = readBoolean(from, 'more') ? readOptionalString(from, 'next') : null
    return { items: readList(from, 'items', readItem), next }
  })
}

/** What one stores, and may store, in bytes. */
export interface Usage {
  readonly bytes: number
  readonly bytesMax: number
}

export async function readUsage(): Promise<Usage> {
  const body = await request('/api/files/usage')
  return read(body, (value) => {
    const from = asObject(value, 'usage')
    return { bytes: readInteger(from, 'bytes'), bytesMax: readInteger(from, 'bytesMax') }
  })
}

export async function createFolder(space: Space, path: string): Promise<void> {
  await request(folderUrl(space, path), { method: 'PUT' })
}

/** Deletes a file, or a folder with everything in it. */
export async function deleteItem(space: Space, item: Item): Promise<void> {
  const url = item.kind === 'folder' ? folderUrl(space, item.path) : fileUrl(space, item.path)
  await request(url, { method: 'DELETE' })
}

export async function moveItem(space: Space, from: string, to: string): Promise<void> {
  const body = { from: `${space}/${from}`, to: `${space}/${to}` }
  await request('/api/files/moves', { method: 'POST', body })
}

/** Is something of this name there? Asked before an upload, so that no bytes travel in vain. */
export async function isTaken(space: Space, path: string): Promise<boolean> {
  try {
    await request(fileUrl(space, path), { method: 'HEAD' })
    return true
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      return false
    }
    throw error
  }
}

export interface UploadParts {
  readonly space: Space
  readonly path: string
  readonly file: Blob
  readonly onProgress: (bytesSent: number) => void
  readonly signal: AbortSignal
}

/**
 * Streams one file up; never replaces what is there: that rejects as `precondition-failed`.
 *
 * XMLHttpRequest, because `fetch` does not tell how much of a body has been sent.
 */
export function uploadFile(parts: UploadParts): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    const abort = () => call.abort()
    const settle = (outcome: () => void) => () => {
      parts.signal.removeEventListener('abort', abort)
      outcome()
    }
    call.open('PUT', fileUrl(parts.space, parts.path))
    call.setRequestHeader('If-None-Match', '*')
    call.setRequestHeader('Accept', 'application/json, application/problem+json')
    call.upload.onprogress = (event) => parts.onProgress(event.loaded)
    call.onload = settle(() =>
      call.status >= 200 && call.status < 300
        ? resolve()
        : reject(readProblem(call.status, call.responseText)),
    )
    call.onerror = settle(() => reject(new Problem('unreachable', 0, '')))
    call.onabort = settle(() => reject(new Problem('cancelled', 0, '')))
    parts.signal.addEventListener('abort', abort)
    call.send(parts.file)
  })
}
