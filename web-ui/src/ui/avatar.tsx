const colours = 8

/** Which of the colours in base.css a name has: always the same one. */
export function avatarColour(name: string): number {
  let hash = 0
  for (const character of name) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 997
  }
  return hash % colours
}

/** A person's initial on their colour; the name itself stands beside it. */
export function Avatar({
  name,
  small = false,
}: {
  readonly name: string
  readonly small?: boolean
}) {
  const initial = [...name][0]?.toLocaleUpperCase() ?? '?'
  return (
    <span
      className={`avatar avatar-${avatarColour(name)}${small ? ' avatar-small' : ''}`}
      aria-hidden="true"
    >
      {initial}
    </span>
  )
}
