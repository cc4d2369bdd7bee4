/**
 * 128 random bits as 32 hex digits. Not `crypto.randomUUID`, which exists only in secure contexts:
 * Tercet is also opened by plain address in a local network.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
