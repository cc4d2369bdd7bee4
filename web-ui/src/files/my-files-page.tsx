import { type ReactNode, useEffect, useState } from 'react'
import { formatSize } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import { readUsage, type Usage } from '../wire/files.ts'
import { FolderView } from './folder-view.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import type { UploadQueue } from './uploads.ts'

/** How much of one's space is used; read again when an upload ends. */
function UsageLine({ queue }: { readonly queue: UploadQueue }) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const done = useStore(
    queue.store,
    (uploads) => uploads.filter((upload) => upload.state === 'done').length,
  )
  const [usage, setUsage] = useState<Usage | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a finished upload asks again
  useEffect(() => {
    // Without an answer the line stays as it is: the listing below says what is wrong.
    readUsage().then(setUsage, () => undefined)
  }, [done])
  return usage === null ? null : (
    <p className="page-hint" data-testid="usage">
      {texts.files.usage(formatSize(usage.bytes, locale), formatSize(usage.bytesMax, locale))}
    </p>
  )
}

/** One's own folders; each below the top can become a site. */
export function MyFilesPage(props: {
  readonly queue: UploadQueue
  readonly guest: boolean
  readonly before: ReactNode
  /** Which folder is open; empty for the top. */
  readonly folder: string
  readonly onFolder: (folder: string) => void
}) {
  const texts = useTexts()
  const [publishing, setPublishing] = useState<string | null>(null)
  const tools = (path: string) =>
    path === '' ? null : (
      <button
        type="button"
        className="button button-small"
        data-testid="publish"
        onClick={() => setPublishing(path)}
      >
        <Icon name="globe" />
        {texts.files.publish}
      </button>
    )
  return (
    <main className="page">
      <header className="page-head">
        {props.before}
        <div>
          <h1 className="page-title">{texts.files.myFiles}</h1>
          <p className="page-hint">{texts.files.myFilesHint}</p>
          <UsageLine queue={props.queue} />
        </div>
      </header>
      <div className="page-body">
        <FolderView
          space="people/me"
          queue={props.queue}
          path={props.folder}
          onPath={props.onFolder}
          topName={texts.files.root}
          emptyHint={texts.files.emptyMineHint}
          version={0}
          renderTools={tools}
        />
      </div>
      {publishing === null ? null : (
        <PublishDialog path={publishing} guest={props.guest} onClose={() => setPublishing(null)} />
      )}
    </main>
  )
}
