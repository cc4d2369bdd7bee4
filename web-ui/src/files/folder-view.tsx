import { type ReactNode, useEffect, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { useStore } from '../ui/store.ts'
import type { Item, Space } from '../wire/files.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { DropZone } from './drop-zone.tsx'
import { type Asked, FolderDialog } from './folder-dialogs.tsx'
import { ItemRow } from './item-row.tsx'
import { UploadButton } from './upload-button.tsx'
import { UploadList } from './upload-list.tsx'
import type { UploadQueue } from './uploads.ts'
import { useListing } from './use-listing.ts'
import './files.css'

/** One space's folders: look, upload, create, rename, delete. */
export function FolderView(props: {
  readonly space: Space
  readonly queue: UploadQueue
  /** Which folder is open; empty for the top. */
  readonly path: string
  readonly onPath: (path: string) => void
  /** What the top of the space is called. */
  readonly topName: string
  readonly emptyHint: string
  /** Changes when something may have arrived that was not uploaded here. */
  readonly version: number
  /** What is said above the open folder. */
  readonly before?: ReactNode
  /** More that can be done with the open folder; `path` is empty at the top. */
  readonly renderTools?: (path: string) => ReactNode
}) {
  const texts = useTexts()
  const { space, queue, path } = props
  const [asked, setAsked] = useState<Asked | null>(null)
  const done = useDoneUploads(queue, space)
  const listing = useListing(space, path, `${props.version} ${done}`)
  const upload = (files: Parameters<UploadQueue['add']>[2]) => queue.add(space, path, files)
  return (
    <DropZone invitation={texts.files.dropInFolder} onFiles={upload}>
      <div className="folder">
        {props.before}
        <div className="folder-tools">
          <UploadButton
            label={texts.files.upload}
            className="button button-small"
            testId="folder-file-input"
            onFiles={upload}
          >
            <Icon name="upload" />
            {texts.files.upload}
          </UploadButton>
          <button
            type="button"
            className="button button-small"
            data-testid="folder-new"
            onClick={() => setAsked({ ask: 'create', folder: path })}
          >
            <Icon name="plus" />
            {texts.files.newFolder}
          </button>
          {props.renderTools?.(path)}
        </div>
        <Breadcrumbs topName={props.topName} path={path} onOpen={props.onPath} />
        <UploadList queue={queue} space={space} />
        <ProblemNotice text={failureText(texts, listing.failure)} />
        <Items
          items={listing.items}
          failed={listing.failure !== null}
          space={space}
          emptyHint={props.emptyHint}
          onOpen={props.onPath}
          onAsk={setAsked}
        />
        {listing.next === null ? null : (
          <button type="button" className="button button-small" onClick={listing.more}>
            {texts.common.more}
          </button>
        )}
      </div>
      {asked === null ? null : (
        <FolderDialog
          key={asked.ask}
          space={space}
          asked={asked}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null)
            listing.reload()
          }}
        />
      )}
    </DropZone>
  )
}

function Items(props: {
  readonly items: readonly Item[] | null
  readonly failed: boolean
  readonly space: Space
  readonly emptyHint: string
  readonly onOpen: (path: string) => void
  readonly onAsk: (asked: Asked) => void
}) {
  const texts = useTexts()
  if (props.items === null) {
    return props.failed ? null : <p className="folder-note">{texts.common.loading}</p>
  }
  return props.items.length === 0 ? (
    <div className="empty">
      <span className="empty-mark">
        <Icon name="folder" />
      </span>
      <p className="empty-title">{texts.files.emptyFolder}</p>
      <p className="empty-hint">{props.emptyHint}</p>
    </div>
  ) : (
    <ul className="items" data-testid="file-list">
      {props.items.map((item) => (
        <ItemRow
          key={item.fileId}
          space={props.space}
          item={item}
          onOpen={() => props.onOpen(item.path)}
          onAsk={props.onAsk}
        />
      ))}
    </ul>
  )
}

/** How many uploads into this space have ended since the view was opened: each changes a folder. */
function useDoneUploads(queue: UploadQueue, space: Space): number {
  const [done, setDone] = useState(0)
  const uploads = useStore(queue.store, (all) => all)
  const now = uploads.filter((each) => each.space === space && each.state === 'done').length
  useEffect(() => {
    // Going down means that finished ones left the list; nothing new has arrived then.
    setDone((before) => (now > 0 ? before + 1 : before))
  }, [now])
  return done
}
