/**
 * Stands for the package `entities`, of which markdown-it wants this one function: the browser has
 * the table of all names, so that the page need not bring its own.
 */
export function decodeHTMLStrict(reference: string): string {
  if (!/^&[a-z][a-z0-9]{1,31};$/i.test(reference)) {
    return reference
  }
  place ??= document.createElement('textarea')
  place.innerHTML = reference
  const text = place.value
  // Of old names the browser also takes the beginning: &copyright; is no ©right.
  return text.endsWith(';') && text !== ';' ? reference : text
}

// Its content is text: no HTML comes to be in it.
let place: HTMLTextAreaElement | null = null
