import type { FileRef } from './frames.ts'
import { read, request } from './http.ts'
import { readFileRef } from './parse-frame.ts'
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

/** Where the bytes are of a file that an entry tells of; old entries do not say of which version. */
export function refUrl(space: Space, { fileId, version, path }: FileRef): string {
  return version === null ? fileUrl(space, path) : versionUrl(fileId, version)
}

const pictureTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/** Larger pictures are shown when somebody asks for them. */
export const pictureBytesMax = 10 * 1024 * 1024

/** Is it shown as a picture? What may carry script, as SVG, is a file. */
export function isPicture(mediaType: string): boolean {
  return pictureTypes.has(mediaType)
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

/** Deletes a file that was stored in vain; one that does not go now stays in its folder. */
export function takeBack(space: Space, { path, sha256 }: FileRef): void {
  request(fileUrl(space, path), { method: 'DELETE', ifMatch: `"${sha256}"` }).catch(() => undefined)
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
  /** The room's log tells of the file. */
  readonly announced: boolean
  readonly onProgress: (bytesSent: number) => void
  readonly signal: AbortSignal
}

/**
 * Streams one file up and resolves with what is stored; never replaces what is there: that rejects
 * as `precondition-failed`.
 *
 * XMLHttpRequest, because `fetch` does not tell how much of a body has been sent.
 */
export function uploadFile(parts: UploadParts): Promise<FileRef> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    const abort = () => call.abort()
    const settle = (outcome: () => void) => () => {
      parts.signal.removeEventListener('abort', abort)
      outcome()
    }
    const url = fileUrl(parts.space, parts.path)
    call.open('PUT', parts.announced ? url : `${url}?announce=no`)
    call.setRequestHeader('If-None-Match', '*')
    call.setRequestHeader('Accept', 'application/json, application/problem+json')
    call.upload.onprogress = (event) => parts.onProgress(event.loaded)
    call.onload = settle(() => {
      try {
        resolve(readStored(call))
      } catch (error) {
        reject(error)
      }
    })
    call.onerror = settle(() => reject(new Problem('unreachable', 0, '')))
    call.onabort = settle(() => reject(new Problem('cancelled', 0, '')))
    parts.signal.addEventListener('abort', abort)
    call.send(parts.file)
  })
}

function readStored(call: XMLHttpRequest): FileRef {
  if (call.status < 200 || call.status >= 300) {
    throw readProblem(call.status, call.responseText)
  }
  return read(parsed(call.responseText), (value) => readFileRef(asObject(value, 'an item')))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
