import { useRef, useState } from 'react'
import type { Catalogue } from '../ui/catalogue-en.ts'
import { copyText } from '../ui/clipboard.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useTexts } from '../ui/language.ts'
import type { FileEntry, MessageEntry } from '../wire/frames.ts'
import type { MarkActs } from './mark-acts.ts'
import { mayDelete, mayEdit, type Rights } from './message-rights.ts'
import type { ReplyActs } from './reply-acts.ts'
import { isNews } from './room-log.ts'

/** What the conversation does with its messages. */
export interface MessageActs {
  readonly rights: Rights
  readonly addressOf: (seq: number) => string
  readonly onEdit: (seq: number) => void
  readonly onDelete: (seq: number) => void
  readonly onUnread: (seq: number) => void
  readonly marks: MarkActs
  readonly replies: ReplyActs
}

/** A message that something is to be done with. */
export interface ActionSubject {
  readonly entry: MessageEntry | FileEntry
  readonly acts: MessageActs
}

/** One button of the bar. */
export interface MessageAction {
  readonly id: string
  readonly icon: IconName
  readonly label: (texts: Catalogue) => string
  /** It destroys something. */
  readonly danger?: true
  readonly isFor: (subject: ActionSubject) => boolean
  /** Resolves with what is to be said afterwards; `null` for nothing. */
  readonly run: (subject: ActionSubject, texts: Catalogue) => Promise<string | null>
}

async function copied(text: string, texts: Catalogue): Promise<string> {
  return (await copyText(text)) ? texts.common.copied : texts.common.notCopied
}

function isDeleted({ entry }: ActionSubject): boolean {
  return entry.kind === 'message' && entry.deleted !== undefined
}

/** A message that stands; `null` for a file, and for one that was deleted. */
function standing({ entry }: ActionSubject): MessageEntry | null {
  return entry.kind === 'message' && entry.deleted === undefined ? entry : null
}

function mayPin(subject: ActionSubject, pinned: boolean): boolean {
  const message = standing(subject)
  return subject.acts.marks.mayPin && message !== null && (message.pinned !== undefined) === pinned
}

/** What can be done with a message, as it stands in the bar. */
export const messageActions: readonly MessageAction[] = [
  {
    id: 'react',
    icon: 'smile',
    label: (texts) => texts.chat.addReaction,
    isFor: (subject) => standing(subject) !== null,
    run: async ({ entry, acts }) => {
      acts.marks.onPick(entry.seq)
      return null
    },
  },
  {
    id: 'reply',
    icon: 'reply',
    label: (texts) => texts.chat.reply,
    isFor: (subject) => standing(subject) !== null,
    run: async ({ entry, acts }) => {
      acts.replies.onReply(entry.seq)
      return null
    },
  },
  {
    id: 'edit',
    icon: 'edit',
    label: (texts) => texts.chat.edit,
    isFor: ({ entry, acts }) => mayEdit(entry, acts.rights, Date.now()),
    run: async ({ entry, acts }) => {
      acts.onEdit(entry.seq)
      return null
    },
  },
  {
    id: 'copy-text',
    icon: 'copy',
    label: (texts) => texts.chat.copyText,
    isFor: (subject) => (standing(subject)?.text ?? '') !== '',
    run: ({ entry }, texts) => copied(entry.kind === 'message' ? entry.text : '', texts),
  },
  {
    id: 'copy-link',
    icon: 'link',
    label: (texts) => texts.chat.copyLink,
    isFor: (subject) => !isDeleted(subject),
    run: ({ entry, acts }, texts) => copied(acts.addressOf(entry.seq), texts),
  },
  {
    id: 'mark-unread',
    icon: 'unread',
    label: (texts) => texts.chat.markUnread,
    isFor: ({ entry, acts }) => isNews(entry, acts.rights.me),
    run: async ({ entry, acts }, texts) => {
      acts.onUnread(entry.seq)
      return texts.chat.markedUnread
    },
  },
  {
    id: 'pin',
    icon: 'pin',
    label: (texts) => texts.chat.pin,
    isFor: (subject) => mayPin(subject, false),
    run: async ({ entry, acts }) => {
      acts.marks.onPin(entry.seq, true)
      return null
    },
  },
  {
    id: 'unpin',
    icon: 'unpin',
    label: (texts) => texts.chat.unpin,
    isFor: (subject) => mayPin(subject, true),
    run: async ({ entry, acts }) => {
      acts.marks.onPin(entry.seq, false)
      return null
    },
  },
  {
    id: 'delete',
    icon: 'trash',
    label: (texts) => texts.common.delete,
    danger: true,
    isFor: ({ entry, acts }) => mayDelete(entry, acts.rights, Date.now()),
    run: async ({ entry, acts }) => {
      acts.onDelete(entry.seq)
      return null
    },
  },
]

/** What can be done with one message: a toolbar, in which arrows move. */
export function MessageActionBar({ subject }: { readonly subject: ActionSubject }) {
  const texts = useTexts()
  const bar = useRef<HTMLDivElement>(null)
  const [done, setDone] = useState<{ readonly id: string; readonly said: string } | null>(null)
  const actions = messageActions.filter((action) => action.isFor(subject))
  const move = (by: number) => {
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons.at((at + by + buttons.length) % buttons.length)?.focus()
  }
  if (actions.length === 0) {
    return null
  }
  return (
    <div
      ref={bar}
      className="message-actions"
      role="toolbar"
      aria-label={texts.chat.messageActions}
      data-testid="message-actions"
      onKeyDown={(event) => {
        const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
        if (by !== 0) {
          event.preventDefault()
          move(by)
        }
      }}
    >
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          className={`button button-icon button-small${action.danger ? ' message-danger' : ''}`}
          aria-label={action.label(texts)}
          title={action.label(texts)}
          data-testid={action.id}
          onClick={() => {
            void action.run(subject, texts).then((said) => {
              setDone(said === null ? null : { id: action.id, said })
            })
          }}
        >
          <Icon name={done?.id === action.id ? 'check' : action.icon} />
        </button>
      ))}
      <span className="message-actions-said" role="status">
        {done?.said}
      </span>
    </div>
  )
}
