import { useTexts } from '../ui/language.ts'
import { ShownName } from '../ui/shown-name.tsx'

/** The way from the top of a space to the open folder; each step can be opened. */
export function Breadcrumbs(props: {
  readonly topName: string
  readonly path: string
  readonly onOpen: (path: string) => void
}) {
  const texts = useTexts()
  const names = props.path === '' ? [] : props.path.split('/')
  const steps = [
    { name: props.topName, path: '' },
    ...names.map((name, at) => ({ name, path: names.slice(0, at + 1).join('/') })),
  ]
  return (
    <nav aria-label={texts.files.path}>
      <ol className="crumbs">
        {steps.map((step, at) => (
          <li key={step.path} className="crumb">
            {at === steps.length - 1 ? (
              <span aria-current="location">
                <ShownName name={step.name} />
              </span>
            ) : (
              <button
                type="button"
                className="crumb-button"
                onClick={() => props.onOpen(step.path)}
              >
                <ShownName name={step.name} />
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
