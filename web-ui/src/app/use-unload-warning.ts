import { useEffect } from 'react'
import type { DraftMessages } from '../attachments/draft-messages.ts'
import type { ChatClient } from '../chat/chat-client.ts'
import type { LocalStore } from '../chat/local-store.ts'
import type { UploadQueue } from '../files/uploads.ts'

/** Lets the browser ask before it closes a page with which something would be lost. */
export function useUnloadWarning(
  chat: ChatClient,
  kept: LocalStore,
  queue: UploadQueue,
  messages: DraftMessages,
): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      const uploads = queue.isBusy() || messages.isBusy()
      if (uploads || chat.losesMessages() || kept.losesDrafts()) {
        event.preventDefault()
      }
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [chat, kept, queue, messages])
}
