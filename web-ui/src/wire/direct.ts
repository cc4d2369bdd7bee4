import type { Card } from './frames.ts'
import { read, request } from './http.ts'
import { readCard } from './parse-frame.ts'
import { asObject, readList } from './read.ts'
import { type Room, readRoom } from './rooms.ts'

/** People in one conversation besides me. */
export const directOthersMax = 7

/** The conversation of these people and me: always the same one. */
export async function openDirect(personIds: readonly string[]): Promise<Room> {
  const body = await request('/api/direct', { method: 'POST', body: { people: personIds } })
  return read(body, (value) => readRoom(asObject(value, 'a room')))
}

/** People of whose names a word begins like what was typed; with their cards where I may see them. */
export async function searchPeople(typed: string, signal: AbortSignal): Promise<readonly Card[]> {
  const query = new URLSearchParams({ q: typed })
  const body = await request(`/api/people?${query}`, { signal })
  return read(body, (value) => readList(asObject(value, 'people'), 'people', readCard))
}
