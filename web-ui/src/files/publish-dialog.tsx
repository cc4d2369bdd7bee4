import { type FormEvent, useState } from 'react'
import { Dialog, ProblemNotice } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureText, useTexts } from '../ui/language.ts'
import { visibleName } from '../ui/shown-name.tsx'
import { useTask } from '../ui/use-task.ts'
import { publishSite, type Site } from '../wire/sites.ts'
import { isSiteName, siteNameOf } from './free-name.ts'

/** Makes a folder public under a name, and says what that means before and where it is after. */
export function PublishDialog(props: {
  readonly path: string
  readonly guest: boolean
  readonly onClose: () => void
}) {
  const texts = useTexts()
  const folderName = props.path.split('/').at(-1) ?? ''
  const [site, setSite] = useState<Site | null>(null)
  return (
    <Dialog title={texts.files.publishTitle(visibleName(folderName))} onClose={props.onClose}>
      {props.guest ? (
        <p className="notice">{texts.files.publishGuests}</p>
      ) : site === null ? (
        <PublishForm {...props} suggested={siteNameOf(folderName)} onPublished={setSite} />
      ) : (
        <Published site={site} onClose={props.onClose} />
      )}
    </Dialog>
  )
}

function PublishForm(props: {
  readonly path: string
  readonly suggested: string
  readonly onClose: () => void
  readonly onPublished: (site: Site) => void
}) {
  const texts = useTexts()
  const task = useTask()
  const [name, setName] = useState(props.suggested)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void task.run(async () => {
      props.onPublished(await publishSite(name, `people/me/${props.path}`))
    })
  }
  return (
    <form className="form" onSubmit={submit}>
      <p className="notice notice-marked">
        <Icon name="globe" />
        <span>{texts.files.publishPublic}</span>
      </p>
      <Field
        label={texts.files.publishName}
        value={name}
        onChange={(value) => setName(value.toLowerCase().trim())}
        hint={texts.files.publishNameHint}
        autoFocus
        maxLength={63}
        invalid={name !== '' && !isSiteName(name)}
        testId="publish-name"
      />
      <ProblemNotice text={failureText(texts, task.failure)} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={props.onClose}>
          {texts.common.cancel}
        </button>
        <button
          type="submit"
          className="button button-main"
          disabled={!isSiteName(name) || task.busy}
          data-testid="publish-submit"
        >
          {texts.files.publishGo}
        </button>
      </div>
    </form>
  )
}

function Published({ site, onClose }: { readonly site: Site; readonly onClose: () => void }) {
  const texts = useTexts()
  return (
    <>
      <p role="status">{texts.files.published}</p>
      <SiteLink url={site.url} />
      <div className="dialog-actions">
        <CopyButton text={site.url} />
        <button type="button" className="button button-main" onClick={onClose}>
          {texts.common.close}
        </button>
      </div>
    </>
  )
}

/** A site's address, opened apart: it is another origin and none of this page's business. */
export function SiteLink({ url }: { readonly url: string }) {
  return (
    <a
      className="site-link"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      data-testid="site-link"
    >
      {url}
    </a>
  )
}

// The clipboard exists only in secure contexts; elsewhere one copies by hand.
export function CopyButton({ text }: { readonly text: string }) {
  const texts = useTexts()
  const [copied, setCopied] = useState(false)
  return 'clipboard' in navigator ? (
    <button
      type="button"
      className="button"
      onClick={() => {
        void navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }}
    >
      {copied ? texts.common.copied : texts.common.copy}
    </button>
  ) : null
}
