import { type ReactNode, useRef } from 'react'
import type { Dropped } from './uploads.ts'

/** A button that lets one choose files; several at once. */
export function UploadButton(props: {
  readonly label: string
  readonly className: string
  readonly testId: string
  readonly onFiles: (files: readonly Dropped[]) => void
  readonly children: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={props.label}
        data-testid={props.testId}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // The same file may be chosen again only if the field forgets it.
          event.target.value = ''
          props.onFiles(files.map((file) => ({ file, folder: '' })))
        }}
      />
      <button
        type="button"
        className={props.className}
        aria-label={props.label}
        title={props.label}
        onClick={() => input.current?.click()}
      >
        {props.children}
      </button>
    </>
  )
}
