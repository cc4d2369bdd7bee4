import { closedEmoji, emojiQuery, findEmoji } from './emoji-search.ts'
import { askForEmoji } from './emoji-table.ts'
import { MentionOption } from './mention-option.tsx'
import { findCallable, mentionQuery } from './mention-search.ts'
import type { Completer } from './use-completion.ts'

/** Behind a colon. */
const emoji: Completer = {
  offer: (text, caret, known) => {
    const query = emojiQuery(text, caret)
    return query === null
      ? null
      : {
          from: query.from,
          title: known.texts.chat.emoji,
          options: findEmoji(known.emoji, query.typed).map(({ emoji: sign, names }) => ({
            id: sign,
            by: `${sign} `,
            content: (
              <>
                <span className="completion-option-sign">{sign}</span>
                <span>:{names[0]}:</span>
              </>
            ),
          })),
        }
  },
  closed: (text, caret, known) => {
    const closed = closedEmoji(known.emoji, text, caret)
    return closed === null ? null : { from: closed.from, to: caret, by: closed.emoji }
  },
  ask: (text, caret) => {
    if (emojiQuery(text, caret) !== null) {
      // Without a line the next colon asks again.
      askForEmoji().catch(() => undefined)
    }
  },
}

/** Behind an at sign. */
const mentions: Completer = {
  offer: (text, caret, { names, texts }) => {
    const query = mentionQuery(text, caret)
    return query === null
      ? null
      : {
          from: query.from,
          title: texts.chat.mention,
          options: findCallable(names, query.typed).map((callable) => {
            const name = 'call' in callable ? callable.call : callable.person.name
            const id = 'call' in callable ? `@${name}` : callable.person.personId
            return { id, by: `@${name} `, content: <MentionOption callable={callable} /> }
          }),
        }
  },
  closed: () => null,
  ask: (text, caret, { names }) => {
    if (mentionQuery(text, caret) !== null) {
      names.askMembers()
    }
  },
}

export const all: readonly Completer[] = [emoji, mentions]
