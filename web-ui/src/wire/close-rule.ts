/** What a close code of contracts/chat/frames.md asks of us. */
export type CloseRule = 'reconnect' | 'reconnect-later' | 'signed-out' | 'refused'

export function closeRule(code: number): CloseRule {
  if (code === 4002) {
    return 'reconnect-later'
  }
  if (code === 4500) {
    return 'signed-out'
  }
  return code >= 4501 && code <= 4999 ? 'refused' : 'reconnect'
}
