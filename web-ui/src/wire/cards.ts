import type { Card } from './frames.ts'
import { read, request } from './http.ts'
import { readCard } from './parse-frame.ts'
import { asObject } from './read.ts'

export function cardOf(body: unknown): Card {
  return read(body, (value) => readCard(asObject(value, 'a card')))
}

/** Of somebody who shares a room with me, or whom an open invitation joins with me. */
export async function getCard(personId: string): Promise<Card> {
  return cardOf(await request(`/api/people/${encodeURIComponent(personId)}`))
}

export async function getMyCard(): Promise<Card> {
  return cardOf(await request('/api/people/me'))
}

/** Where a picture is, as wide and high as this in pixels. */
export function picturePath(personId: string, picture: string, size: 64 | 128 | 256): string {
  const path = `/api/people/${encodeURIComponent(personId)}/picture/${encodeURIComponent(picture)}`
  return `${path}?size=${size}`
}
