/**
 * Readers for values from outside: `unknown` goes in, a typed value or a {@link Mismatch} comes out.
 * Members that a reader does not ask for are ignored, as the contract wants.
 */

/** What arrived is not what the contract says. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

export type JsonObject = { readonly [member: string]: unknown }

export function asObject(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Mismatch(`${what} is not an object`)
  }
  return value as JsonObject
}

export function readString(from: JsonObject, member: string): string {
  const value = from[member]
  if (typeof value !== 'string') {
    throw new Mismatch(`${member} is not a string`)
  }
  return value
}

export function readInteger(from: JsonObject, member: string): number {
  const value = from[member]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new Mismatch(`${member} is not an integer`)
  }
  return value
}

export function readBoolean(from: JsonObject, member: string): boolean {
  const value = from[member]
  if (typeof value !== 'boolean') {
    throw new Mismatch(`${member} is not true or false`)
  }
  return value
}

export function readList<T>(
  from: JsonObject,
  member: string,
  element: (value: JsonObject) => T,
): readonly T[] {
  const value = from[member]
  if (!Array.isArray(value)) {
    throw new Mismatch(`${member} is not a list`)
  }
  return value.map((each: unknown) => element(asObject(each, `an element of ${member}`)))
}

export function readStrings(from: JsonObject, member: string): readonly string[] {
  const value = from[member]
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
    throw new Mismatch(`${member} is not a list of strings`)
  }
  return value
}

export function readIntegers(from: JsonObject, member: string): readonly number[] {
  const value = from[member]
  if (!Array.isArray(value) || !value.every((each) => Number.isSafeInteger(each))) {
    throw new Mismatch(`${member} is not a list of integers`)
  }
  return value
}

export function readOptionalInteger(from: JsonObject, member: string): number | null {
  const value = from[member]
  return value === undefined || value === null ? null : readInteger(from, member)
}

/** Absent and `null` are the same to the contract. */
export function readOptionalString(from: JsonObject, member: string): string | null {
  const value = from[member]
  return value === undefined || value === null ? null : readString(from, member)
}
