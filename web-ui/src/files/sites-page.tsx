import { type ReactNode, useEffect, useState } from 'react'
import { ConfirmDialog, ProblemNotice } from '../ui/dialog.tsx'
import { formatMoment } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { failureText, localeOf, useLanguage, useTexts } from '../ui/language.ts'
import { visibleName } from '../ui/shown-name.tsx'
import { useTask } from '../ui/use-task.ts'
import { listSites, publishSite, type Site, unpublishSite } from '../wire/sites.ts'
import { SiteLink } from './publish-dialog.tsx'
import './files.css'

/** What one has published: where it is, publishing it again, taking it back. */
export function SitesPage(props: { readonly guest: boolean; readonly before: ReactNode }) {
  const texts = useTexts()
  const { run, failure } = useTask()
  const [sites, setSites] = useState<readonly Site[] | null>(null)
  useEffect(() => {
    void run(async () => setSites(await listSites()))
  }, [run])
  const reload = async () => setSites(await listSites())
  return (
    <main className="page">
      <header className="page-head">
        {props.before}
        <div>
          <h1 className="page-title">{texts.files.sites}</h1>
          <p className="page-hint">{texts.files.publishPublic}</p>
        </div>
      </header>
      <div className="page-body folder">
        <ProblemNotice text={failureText(texts, failure)} />
        {sites?.length === 0 ? (
          <div className="empty">
            <span className="empty-mark">
              <Icon name="globe" />
            </span>
            <p className="empty-title">{texts.files.noSites}</p>
            <p className="empty-hint">
              {props.guest ? texts.files.publishGuests : texts.files.noSitesHint}
            </p>
          </div>
        ) : (
          <ul className="items">
            {sites?.map((site) => (
              <SiteRow key={site.site} site={site} onChanged={reload} />
            ))}
          </ul>
        )}
      </div>
    </main>
  )
}

function SiteRow(props: { readonly site: Site; readonly onChanged: () => Promise<void> }) {
  const texts = useTexts()
  const locale = localeOf(useLanguage())
  const again = useTask()
  const away = useTask()
  const [asking, setAsking] = useState(false)
  const { site } = props
  const folder = site.folder.replace(/^people\/[^/]+\//, '')
  return (
    <li className="item site" data-testid="site" data-name={site.site}>
      <span className="file-mark">
        <Icon name="globe" />
      </span>
      <span className="file-what">
        <SiteLink url={site.url} />
        <span className="file-size">
          {texts.files.publishedFrom(visibleName(folder))} ·{' '}
          {formatMoment(new Date(site.publishedAt), locale)}
        </span>
        <ProblemNotice text={failureText(texts, again.failure)} />
      </span>
      <span className="item-actions item-actions-wide">
        <button
          type="button"
          className="button button-small"
          disabled={again.busy}
          onClick={() =>
            void again.run(async () => {
              await publishSite(site.site, site.folder)
              await props.onChanged()
            })
          }
        >
          {texts.files.publishAgain}
        </button>
        <button
          type="button"
          className="button button-small button-danger"
          data-testid="unpublish"
          onClick={() => setAsking(true)}
        >
          {texts.files.unpublish}
        </button>
      </span>
      {asking ? (
        <ConfirmDialog
          title={texts.files.unpublishSure(site.site)}
          hint={texts.files.unpublishHint}
          confirm={texts.files.unpublish}
          problem={failureText(texts, away.failure)}
          busy={away.busy}
          onConfirm={() =>
            void away.run(async () => {
              await unpublishSite(site.site)
              await props.onChanged()
            })
          }
          onClose={() => setAsking(false)}
        />
      ) : null}
    </li>
  )
}
