import { ShownName } from './shown-name.tsx'

/** What a person is called; their unique name stands beside it if it is another. */
export function PersonName({
  name,
  displayName = name,
}: {
  readonly name: string
  readonly displayName?: string | undefined
}) {
  return (
    <>
      <ShownName name={displayName} />
      {displayName === name ? null : (
        <>
          {' '}
          <bdi className="handle">{name}</bdi>
        </>
      )}
    </>
  )
}
