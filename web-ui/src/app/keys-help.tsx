import { Dialog } from '../ui/dialog.tsx'
import { useTexts } from '../ui/language.ts'
import { pageKeys, writtenKeys } from './page-keys.ts'

/** All keys that the page knows. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts()
  return (
    <Dialog title={texts.keys.title} onClose={onClose}>
      <dl className="keys">
        {[...pageKeys, ...writtenKeys].map(({ id, shown }) => (
          <div key={id} className="keys-row">
            <dt>{texts.keys.does[id]}</dt>
            <dd>
              {shown.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
