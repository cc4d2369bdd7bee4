import { read, request } from './http.ts'
import { asObject, type JsonObject, readList, readString } from './read.ts'

export interface Site {
  readonly site: string
  readonly url: string
  /** With its space, for instance `people/me/web`. */
  readonly folder: string
  readonly publishedAt: string
  /** Who published it. */
  readonly personId: string
}

function readSite(from: JsonObject): Site {
  return {
    site: readString(from, 'site'),
    url: readString(from, 'url'),
    folder: readString(from, 'folder'),
    publishedAt: readString(from, 'publishedAt'),
    personId: readString(from, 'personId'),
  }
}

export function listSites(): Promise<readonly Site[]> {
  return sitesAt('/api/sites')
}

/** What is published from the folder of a room that I am in. */
export function listRoomSites(roomId: string): Promise<readonly Site[]> {
  return sitesAt(`/api/sites?folder=${encodeURIComponent(`rooms/${roomId}`)}`)
}

async function sitesAt(path: string): Promise<readonly Site[]> {
  const body = await request(path)
  return read(body, (value) => readList(asObject(value, 'sites'), 'sites', readSite))
}

/** Makes the folder as it is now public, all of it at once. */
export async function publishSite(site: string, folder: string): Promise<Site> {
  const path = `/api/sites/${encodeURIComponent(site)}`
  const body = await request(path, { method: 'PUT', body: { folder } })
  return read(body, (value) => readSite(asObject(value, 'a site')))
}

export async function unpublishSite(site: string): Promise<void> {
  await request(`/api/sites/${encodeURIComponent(site)}`, { method: 'DELETE' })
}
