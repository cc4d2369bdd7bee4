import type { Person } from './frames.ts'
import { read, request } from './http.ts'
import { handleOf } from './names.ts'
import { readPerson } from './parse-frame.ts'
import { asObject, readList } from './read.ts'

function person(body: unknown): Person {
  return read(body, (value) => readPerson(asObject(value, 'a person')))
}

const hidden = /[\p{Default_Ignorable_Code_Point}\p{C}]/u

/** A name that somebody is new under, and how they write it if that is something else. */
export interface NewName {
  readonly name: string
  readonly displayName?: string
}

/** For instance John.Smith, who writes it John Smith. What does not show cannot be displayed. */
export function newName(typed: string): NewName {
  const name = handleOf(typed)
  const displayName = typed.trim()
  return displayName === name || hidden.test(displayName) ? { name } : { name, displayName }
}

export async function enterAsGuest(name: NewName): Promise<Person> {
  return person(await request('/api/session', { method: 'POST', body: name }))
}

export async function signIn(name: string, password: string): Promise<Person> {
  return person(await request('/api/session', { method: 'POST', body: { name, password } }))
}

/** With a guest's session of the same name, the guest becomes the registered person. */
export async function register(name: NewName, password: string): Promise<Person> {
  return person(await request('/api/people', { method: 'POST', body: { ...name, password } }))
}

export async function currentPerson(): Promise<Person> {
  return person(await request('/api/session'))
}

export async function signOut(): Promise<void> {
  await request('/api/session', { method: 'DELETE' })
}

/** By the name, or as they write it. */
export async function findPerson(name: string): Promise<Person | null> {
  const body = await request(`/api/people?name=${encodeURIComponent(name)}`)
  const people = read(body, (value) => readList(asObject(value, 'people'), 'people', readPerson))
  return people[0] ?? null
}
