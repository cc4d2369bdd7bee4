/** How somebody answers the messages of a room. */
export interface ReplyActs {
  /** What is written next answers this message. */
  readonly onReply: (seq: number) => void
  /** Shows a message with all that answers it. */
  readonly onOpen: (seq: number) => void
  /** A message is quoted that is not here. */
  readonly onMissing: (seq: number) => void
}
