/** What clipboards and phones call a picture that has no name. */
const nameless = /^image\.(\w+)$/

/**
 * The files that a paste brings. A text that was copied from an office program brings a picture of
 * itself as well: there the text is meant.
 */
export function pastedFiles(clipboard: DataTransfer): readonly File[] {
  return clipboard.types.includes('text/plain') ? [] : [...clipboard.files]
}

/** Many pictures are called image.png: the time tells them apart. */
export function named(file: File, now: Date): File {
  const ending = nameless.exec(file.name)?.[1]
  if (ending === undefined) {
    return file
  }
  return new File([file], `image-${stamp(now)}.${ending}`, { type: file.type })
}

/** A text that is too long for a message. */
export function textFile(text: string, now: Date): File {
  return new File([text], `message-${stamp(now)}.md`, { type: 'text/markdown' })
}

function stamp(now: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0')
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  return `${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
}
