import { useState } from 'react'

const colours = 8

/** Which of the colours in base.css a name has: always the same one. */
export function avatarColour(name: string): number {
  let hash = 0
  for (const character of name) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 997
  }
  return hash % colours
}

/** A person's picture, or their initial on their colour; the name itself stands beside it. */
export function Avatar(props: {
  readonly name: string
  /** What they are called, if it is not the name. */
  readonly shown?: string
  readonly size?: 'small' | 'large' | undefined
  /** Where the picture is; absent if there is none. */
  readonly picture?: string | undefined
}) {
  const { name, shown = name, size, picture } = props
  const [failed, setFailed] = useState<string | null>(null)
  const initial = [...shown][0]?.toLocaleUpperCase() ?? '?'
  const shape = size === undefined ? 'avatar' : `avatar avatar-${size}`
  return (
    <span className={`${shape} avatar-${avatarColour(name)}`} aria-hidden="true">
      {picture === undefined || picture === failed ? (
        initial
      ) : (
        <img
          className="avatar-picture"
          src={picture}
          alt=""
          draggable={false}
          onError={() => setFailed(picture)}
        />
      )}
    </span>
  )
}
