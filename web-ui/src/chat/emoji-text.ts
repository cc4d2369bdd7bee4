/** So many emoji alone are shown large. */
export const largeEmojiMax = 5

const one =
  '(?:\\p{RI}{2}|[#*0-9]\\uFE0F?\\u20E3|' +
  '(?!\\p{RI})(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}(?=[\\uFE0F\\u{1F3FB}-\\u{1F3FF}]))' +
  '(?:\\p{EMod}|\\uFE0F)?(?:[\\u{E0020}-\\u{E007E}]+\\u{E007F})?' +
  '(?:\\u200D\\p{Extended_Pictographic}(?:\\p{EMod}|\\uFE0F)?)*)'

const few = new RegExp(`^\\s*(?:${one}\\s*){1,${largeEmojiMax}}$`, 'u')

/** Is a message nothing but a few emoji? Signs that are letters as well, such as ©, are no emoji. */
export function isFewEmoji(text: string): boolean {
  // The longest family has eleven code units, and there may be blanks between.
  return text.length <= 100 && few.test(text)
}
