/** Characters that a password has; contracts/http.md. */
export const passwordCharactersMin = 8
export const passwordCharactersMax = 256
/** UTF-16 units, which a field counts. */
export const passwordUnitsMax = passwordCharactersMax * 2

/** May somebody choose this password? The server decides by the same rule. */
export function isPassword(typed: string): boolean {
  const characters = [...typed].length
  return characters >= passwordCharactersMin && characters <= passwordCharactersMax
}
