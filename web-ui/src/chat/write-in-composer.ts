/** Puts text where one writes to the open room, at the caret, so that the browser can undo it. */
export function writeInComposer(text: string): void {
  const field = document.querySelector<HTMLTextAreaElement>('[data-testid="composer"]')
  if (field === null) {
    return
  }
  field.focus()
  const before = field.value.slice(0, field.selectionStart)
  const written = before === '' || /\s$/.test(before) ? text : ` ${text}`
  if (!document.execCommand?.('insertText', false, written)) {
    field.setRangeText(written, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}
