import type { Card } from './frames.ts'
import { read, request } from './http.ts'
import { readCard } from './parse-frame.ts'
import { asObject, readList } from './read.ts'

/** People of whose names a word begins like what was typed; with their cards where I may see them. */
export async function searchPeople(typed: string, signal: AbortSignal): Promise<readonly Card[]> {
  const query = new URLSearchParams({ q: typed })
  const body = await request(`/api/people?${query}`, { signal })
  return read(body, (value) => readList(asObject(value, 'people'), 'people', readCard))
}
