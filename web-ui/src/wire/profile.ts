import { cardOf } from './cards.ts'
import type { Card, Status } from './frames.ts'
import { request } from './http.ts'

/** What absent stays; `null` takes it away. */
export interface ProfileChange {
  readonly displayName?: string | null
  readonly timeZone?: string
}

/** Each resolves with my card as it is then. */
export async function changeProfile(change: ProfileChange): Promise<Card> {
  return cardOf(await request('/api/people/me', { method: 'PATCH', body: change }))
}

/** `null` takes it away. */
export async function changeStatus(status: Status | null): Promise<Card> {
  const path = '/api/people/me/status'
  return cardOf(
    await request(path, status === null ? { method: 'DELETE' } : { method: 'PUT', body: status }),
  )
}

/** A PNG or JPEG; `null` takes the picture away. */
export async function changePicture(picture: Blob | null): Promise<Card> {
  const path = '/api/people/me/picture'
  return cardOf(
    await request(
      path,
      picture === null ? { method: 'DELETE' } : { method: 'PUT', bytes: picture },
    ),
  )
}
