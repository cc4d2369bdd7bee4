import { Component, type ReactNode } from 'react'
import { useTexts } from '../ui/language.ts'

interface Props {
  readonly children: ReactNode
}

/** A mistake of ours in a view shows a way on instead of an empty page. */
export class Stumble extends Component<Props, { readonly stumbled: boolean }> {
  override state = { stumbled: false }

  static getDerivedStateFromError() {
    return { stumbled: true }
  }

  override render() {
    return this.state.stumbled ? <StumbleNotice /> : this.props.children
  }
}

function StumbleNotice() {
  const texts = useTexts()
  return (
    <main className="empty full">
      <p className="empty-title">{texts.app.crashed}</p>
      <p className="empty-hint">{texts.app.crashedHint}</p>
      <button type="button" className="button button-main" onClick={() => window.location.reload()}>
        {texts.app.reload}
      </button>
    </main>
  )
}
