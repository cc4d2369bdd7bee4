import { createStore } from '../ui/store.ts'
import { nameKey } from '../wire/names.ts'
import { findRooms } from '../wire/rooms.ts'

/** Names behind `#` that the page looks for on the server, as long as it lives. */
export const soughtRoomsMax = 50

/** The ids of public rooms that texts named, by the key of their name. */
export const publicRooms = createStore<ReadonlyMap<string, string>>(new Map())

const sought = new Set<string>()
let last: Promise<void> = Promise.resolve()

/** Looks for rooms that are called so, each once and one at a time. What is no name is not looked for. */
export function seekRooms(names: readonly string[]): void {
  for (const name of names) {
    const key = nameKey(name)
    if (!sought.has(key) && sought.size < soughtRoomsMax) {
      sought.add(key)
      last = last.then(() => seek(name, key))
    }
  }
}

async function seek(name: string, key: string): Promise<void> {
  try {
    const { rooms } = await findRooms(name, null, new AbortController().signal)
    const found = rooms.find((room) => nameKey(room.name) === key)
    if (found !== undefined) {
      publicRooms.set(new Map(publicRooms.get()).set(key, found.roomId))
    }
  } catch {
    // Without a line, the next text that names it asks again.
    sought.delete(key)
  }
}

const named =
  /(?<![\p{L}\p{Nd}\p{Mn}\p{Mc}_/#])#([\p{L}\p{Nd}][\p{L}\p{Nd}\p{Mn}\p{Mc}._-]{0,63})/gu

/** What may be the name of a room in a text; a mere number is not taken for one. */
export function namesBehindHash(text: string): readonly string[] {
  return [...text.matchAll(named)]
    .map(([, name = '']) => name.replace(/[._-]+$/, ''))
    .filter((name) => !/^\p{Nd}+$/u.test(name))
}
