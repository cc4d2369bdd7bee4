import '../ui/tokens.css'
import '../ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readMarkdown } from '../chat/message-text.tsx'
import { startLanguage } from '../ui/language.ts'
import { startTheme } from '../ui/theme.ts'
import { App } from './app.tsx'
import { ignoreStrayDrops } from './stray-drops.ts'
import { Stumble } from './stumble.tsx'

startTheme()
startLanguage()
ignoreStrayDrops(window)
void readMarkdown()

const root = document.getElementById('app')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Stumble>
        <App />
      </Stumble>
    </StrictMode>,
  )
}
