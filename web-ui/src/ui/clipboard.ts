/**
 * Puts text into the clipboard; resolves with whether that succeeded. Where the browser has no
 * clipboard, as on a plain-HTTP address of the office, it copies what a hidden field has selected.
 */
export async function copyText(text: string): Promise<boolean> {
  if ('clipboard' in navigator) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'sr-only'
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) {
    before.focus()
  }
  return copied
}
