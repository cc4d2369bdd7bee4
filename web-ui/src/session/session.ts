import { createStore } from '../ui/store.ts'
import type { Person } from '../wire/frames.ts'
import { currentPerson, enterAsGuest, newName, register, signIn, signOut } from '../wire/people.ts'
import { Problem, problemOf } from '../wire/problem.ts'

/**
 * - `unknown`: we have not asked the server yet, or it does not answer.
 * - `outside`: nobody is signed in; `ended` says that somebody was a moment ago.
 * - `inside`: this person is.
 */
export type Session =
  | { readonly place: 'unknown' }
  | { readonly place: 'outside'; readonly ended: boolean }
  | { readonly place: 'inside'; readonly person: Person }

export const session = createStore<Session>({ place: 'unknown' })

/** Rejects if nobody answers; the session is still unknown then. */
export async function findSession(): Promise<void> {
  try {
    session.set({ place: 'inside', person: await currentPerson() })
  } catch (error) {
    if (problemOf(error).status !== 401) {
      throw error
    }
    session.set({ place: 'outside', ended: false })
  }
}

/** Is there still a session? Rejects if nobody answers. */
export async function hasSession(): Promise<boolean> {
  try {
    await currentPerson()
    return true
  } catch (error) {
    if (problemOf(error).status === 401) {
      return false
    }
    throw error
  }
}

export type WayIn = 'guest' | 'register' | 'sign-in'

/** With a name as somebody writes it. */
export async function enter(way: WayIn, typed: string, password: string): Promise<void> {
  session.set({ place: 'inside', person: await personBy(way, typed, password) })
}

function personBy(way: WayIn, typed: string, password: string): Promise<Person> {
  switch (way) {
    case 'guest':
      return enterAsGuest(newName(typed))
    case 'register':
      return register(newName(typed), password)
    case 'sign-in':
      return signIn(typed, password)
  }
}

/** The guest becomes a registered person of the same name and keeps everything. */
export async function keepName(password: string): Promise<void> {
  const now = session.get()
  if (now.place !== 'inside') {
    throw new Problem('unauthenticated', 401, '')
  }
  session.set({ place: 'inside', person: await register({ name: now.person.name }, password) })
}

/** Ends the session, then does what must be done before somebody else may enter. */
export async function leave(cleanUp: () => Promise<void>): Promise<void> {
  await signOut()
  await cleanUp()
  session.set({ place: 'outside', ended: false })
}

/** The session of this browser is now somebody else's, who entered in another tab. */
export function sessionBecame(person: Person): void {
  session.set({ place: 'inside', person })
}

export function sessionEnded(): void {
  session.set({ place: 'outside', ended: true })
}
