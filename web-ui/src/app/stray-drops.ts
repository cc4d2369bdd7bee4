/**
 * What is dropped beside a place for it does nothing: by itself a browser would leave the page for
 * the file or the link.
 */
export function ignoreStrayDrops(window: Window): void {
  for (const type of ['dragover', 'drop'] as const) {
    window.addEventListener(type, (event) => {
      const transfer = event.dataTransfer
      // Somebody else took it, or it is text for a field.
      if (event.defaultPrevented || transfer === null || isForField(event.target, transfer)) {
        return
      }
      event.preventDefault()
      transfer.dropEffect = 'none'
    })
  }
}

function isForField(target: EventTarget | null, transfer: DataTransfer): boolean {
  const field = target instanceof Element && target.closest('input, textarea') !== null
  return field && !transfer.types.includes('Files')
}
