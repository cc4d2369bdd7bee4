import { useEffect } from 'react'
import { findSession, session } from '../session/session.ts'
import { failureText, useTexts } from '../ui/language.ts'
import { later } from '../ui/later.tsx'
import { useStore } from '../ui/store.ts'
import { useTask } from '../ui/use-task.ts'
import './app.css'

const EnterPage = later(async () => (await import('../session/enter-page.tsx')).EnterPage)
const Inside = later(readInside)

/** Fetches the page of somebody who is inside, before it is known who that is. */
export async function readInside() {
  return (await import('./inside.tsx')).Inside
}

/** The page: outside, one enters; inside, one talks. */
export function App() {
  const now = useStore(session, (value) => value)
  switch (now.place) {
    case 'unknown':
      return <Opening />
    case 'outside':
      return <EnterPage ended={now.ended} />
    case 'inside':
      return <Inside key={now.person.personId} person={now.person} />
  }
}

function Opening() {
  const texts = useTexts()
  const { run, failure } = useTask()
  useEffect(() => {
    void run(findSession)
  }, [run])
  const sentence = failureText(texts, failure)
  return (
    <main className="empty full">
      {sentence === null ? (
        <p role="status">{texts.app.loading}</p>
      ) : (
        <>
          <p className="empty-title" role="alert">
            {sentence}
          </p>
          <button
            type="button"
            className="button button-main"
            onClick={() => void run(findSession)}
          >
            {texts.common.retry}
          </button>
        </>
      )}
    </main>
  )
}
