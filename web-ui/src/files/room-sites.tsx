import { useEffect, useState } from 'react'
import { ProblemNotice } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { visibleName } from '../ui/shown-name.tsx'
import { useTask } from '../ui/use-task.ts'
import { listRoomSites, type Site, unpublishSite } from '../wire/sites.ts'
import { SiteLink } from './publish-dialog.tsx'
import './files.css'

/** Says which files of a room everybody can read, and lets the one who published them end that. */
export function RoomSites(props: { readonly roomId: string; readonly personId: string }) {
  const texts = useTexts()
  const { run, failure, busy } = useTask()
  const [sites, setSites] = useState<readonly Site[]>([])
  const { roomId } = props
  useEffect(() => {
    void run(async () => setSites(await listRoomSites(roomId)))
  }, [run, roomId])
  const unpublish = (site: string) =>
    run(async () => {
      await unpublishSite(site)
      setSites(await listRoomSites(roomId))
    })
  if (sites.length === 0) {
    return null
  }
  return (
    <section className="notice" data-testid="room-sites">
      <p className="notice-marked">
        <Icon name="globe" />
        <span>{texts.files.roomIsPublic}</span>
      </p>
      <ProblemNotice text={failureText(texts, failure)} />
      <ul className="items">
        {sites.map((site) => (
          <li key={site.site} className="item">
            <span className="file-what">
              <SiteLink url={site.url} />
              <span className="file-size">
                {texts.files.publishedFrom(
                  visibleName(site.folder.replace(/^rooms\/[^/]+\/?/, '') || '/'),
                )}
              </span>
            </span>
            {site.personId === props.personId ? (
              <button
                type="button"
                className="button button-small"
                disabled={busy}
                onClick={() => void unpublish(site.site)}
              >
                {texts.files.unpublish}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
