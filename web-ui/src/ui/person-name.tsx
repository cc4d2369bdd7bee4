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
      <bdi>{displayName}</bdi>
      {displayName === name ? null : (
        <>
          {' '}
          <bdi className="handle">{name}</bdi>
        </>
      )}
    </>
  )
}
