import '../ui/tokens.css'
import '../ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readMarkdown } from '../chat/message-text.tsx'
import { startLanguage } from '../ui/language.ts'
import { startTheme } from '../ui/theme.ts'
import { App, readInside } from './app.tsx'
import { ignoreStrayDrops } from './stray-drops.ts'
import { Stumble } from './stumble.tsx'

/** Without its texts the page has no language yet. */
const notArrived = 'Tercet did not arrive. Load the page again. · 页面没有加载完，请刷新。'

startTheme()
ignoreStrayDrops(window)
void readMarkdown()
void readInside().catch(() => undefined)

const place = document.getElementById('app')
if (place !== null) {
  startLanguage().then(
    () =>
      createRoot(place).render(
        <StrictMode>
          <Stumble>
            <App />
          </Stumble>
        </StrictMode>,
      ),
    () => {
      place.textContent = notArrived
    },
  )
}
