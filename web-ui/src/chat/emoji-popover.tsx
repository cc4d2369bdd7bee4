import { useTexts } from '../ui/language.ts'
import { type Box, Popover } from '../ui/popover.tsx'
import { EmojiPicker } from './emoji-picker.tsx'
import { rememberEmoji } from './recent-emoji.ts'

/** The picker of emoji, beside what asked for it. */
export function EmojiPopover(props: {
  readonly anchor: Box
  readonly onChoose: (emoji: string) => void
  readonly onClose: () => void
}) {
  const texts = useTexts()
  return (
    <Popover
      label={texts.chat.addReaction}
      anchor={props.anchor}
      testId="emoji-picker"
      onClose={props.onClose}
    >
      {(close) => (
        <EmojiPicker
          onChoose={(emoji) => {
            close()
            rememberEmoji(emoji)
            props.onChoose(emoji)
          }}
        />
      )}
    </Popover>
  )
}
