import { type ReactNode, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import { FolderView } from './folder-view.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import type { UploadQueue } from './uploads.ts'

/** One's own folders; each below the top can become a site. */
export function MyFilesPage(props: {
  readonly queue: UploadQueue
  readonly guest: boolean
  readonly before: ReactNode
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
        </div>
      </header>
      <div className="page-body">
        <FolderView
          space="people/me"
          queue={props.queue}
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
