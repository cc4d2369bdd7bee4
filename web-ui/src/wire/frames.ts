/** The frames of contracts/chat/frames.md, typed. What arrives becomes one of these in parse-frame.ts. */

export interface PersonRef {
  readonly personId: string
  /** Unique. */
  readonly name: string
  /** What they are called, if it is not the name. */
  readonly displayName?: string
}

export interface Person extends PersonRef {
  readonly guest: boolean
}

/** What somebody does, or how they are. */
export interface Status {
  readonly emoji?: string
  readonly text: string
  /** It ends then, RFC 3339; absent: never by itself. */
  readonly until?: string
}

/** What is known of a person to those who share a room with them. */
export interface Card extends Person {
  /** The hash of their picture. */
  readonly picture?: string
  readonly status?: Status
  /** Of the IANA database, for instance Europe/Berlin. */
  readonly timeZone?: string
}

export interface FileRef {
  readonly fileId: string
  /** Which of the file's contents; `null` in old entries. */
  readonly version: number | null
  /** Below the room's folder, with `/` between names. */
  readonly path: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  readonly mediaType: string
  /** Pixels of a picture, as it is shown; absent if nobody knows them. */
  readonly width?: number
  readonly height?: number
}

/** A version of a file. */
export interface FileVersion {
  readonly fileId: string
  readonly version: number
}

interface EntryBase extends PersonRef {
  /** Place in the room's log: 1, 2, 3… without gaps. */
  readonly seq: number
  /** RFC 3339, UTC. */
  readonly sentAt: string
}

export interface MessageEntry extends EntryBase {
  readonly kind: 'message'
  readonly clientMessageId: string
  /** Empty if the message was deleted, or if it has nothing but files. */
  readonly text: string
  /** 1 to 10, in the order in which they were put to it; absent without any. */
  readonly files?: readonly FileRef[]
  /** The `seq` of the message that it answers; absent if it answers none. */
  readonly replyTo?: number
  /** Absent if the text mentions nobody. */
  readonly mentions?: Mentions
  /** The `seq` of the entry that gave the text; absent in the log: there it is the message itself. */
  readonly version?: number
  /** The time of the newest edit, RFC 3339; absent without one. */
  readonly editedAt?: string
  /** Absent if nobody deleted it. */
  readonly deleted?: Deletion
  /** In the order of their first use; absent without any. */
  readonly reactions?: readonly Reaction[]
  /** Absent if it is not pinned. */
  readonly pinned?: Pin
  /** How many messages answer it and are not deleted; absent without any. */
  readonly replies?: number
  /** Reactions, pin and replies are those at this place of the log; absent in the log: it has none there. */
  readonly asOf?: number
}

/** Whom a text mentions. */
export interface Mentions {
  /** Their `personId`s: who is named, and with `here` who was present then. */
  readonly people: readonly string[]
  /** Everybody in the room. */
  readonly room?: true
  readonly here?: true
}

/** How many people put an emoji to a message. */
export interface Reaction {
  readonly emoji: string
  readonly count: number
  /** Am I one of them? */
  readonly mine: boolean
}

/** Who pinned a message, and when. */
export interface Pin extends PersonRef {
  /** RFC 3339. */
  readonly at: string
}

/** Who deleted a message, and when. */
export interface Deletion extends PersonRef {
  /** RFC 3339. */
  readonly at: string
}

/** Gave an earlier message another text. */
export interface EditedEntry extends EntryBase {
  readonly kind: 'edited'
  /** `text` is empty if the message was deleted later. */
  readonly edited: {
    readonly targetSeq: number
    readonly text: string
    /** Absent if the text mentions nobody. */
    readonly mentions?: Mentions
  }
}

/** Deleted an earlier message. */
export interface DeletedEntry extends EntryBase {
  readonly kind: 'deleted'
  readonly deleted: { readonly targetSeq: number }
}

/** Put an emoji to an earlier message. */
export interface ReactedEntry extends EntryBase {
  readonly kind: 'reacted'
  readonly reacted: { readonly targetSeq: number; readonly emoji: string }
}

/** Took it back. */
export interface UnreactedEntry extends EntryBase {
  readonly kind: 'unreacted'
  readonly unreacted: { readonly targetSeq: number; readonly emoji: string }
}

/** Pinned an earlier message. */
export interface PinnedEntry extends EntryBase {
  readonly kind: 'pinned'
  readonly pinned: { readonly targetSeq: number }
}

/** Ended that. */
export interface UnpinnedEntry extends EntryBase {
  readonly kind: 'unpinned'
  readonly unpinned: { readonly targetSeq: number }
}

export interface MembershipEntry extends EntryBase {
  readonly kind: 'joined' | 'left'
}

export interface FileEntry extends EntryBase {
  readonly kind: 'file'
  readonly file: FileRef
}

/** Everybody can read a folder of the room at this address, or no more. */
export interface SiteEntry extends EntryBase {
  readonly kind: 'site'
  readonly site: SiteRef
}

export interface SiteRef {
  readonly site: string
  readonly url: string
  readonly published: boolean
}

/** A kind that this page does not know: it shows that there is something, and its `seq` counts. */
export interface OtherEntry extends EntryBase {
  readonly kind: 'other'
}

/** An entry with a place of its own in the conversation. */
export type ShownEntry =
  | MessageEntry
  | MembershipEntry
  | FileEntry
  | SiteEntry
  | PinnedEntry
  | OtherEntry

/** An entry about an earlier message: it counts in the log, and shows only in that message. */
export type ChangeEntry = EditedEntry | DeletedEntry

/** An entry that marks an earlier message: it counts behind the message's `asOf`. */
export type MarkEntry = ReactedEntry | UnreactedEntry | PinnedEntry | UnpinnedEntry

/** What the log has. */
export type Entry = ShownEntry | ChangeEntry | MarkEntry

export type ServerFrame =
  | {
      readonly type: 'welcome'
      readonly protocol: number
      readonly person: Person
      readonly serverTime: string
      readonly textCharactersMax: number
      /** For how long people edit and delete what they sent; `null` for always. */
      readonly editSeconds: number | null
      /** Another one than before: every `seq` that was known is no place in this log. */
      readonly logEpoch: string
    }
  | {
      readonly type: 'subscribed'
      readonly requestId: string
      readonly roomId: string
      readonly after: number
      readonly last: number
    }
  | { readonly type: 'unsubscribed'; readonly requestId: string; readonly roomId: string }
  | { readonly type: 'entry'; readonly roomId: string; readonly entry: Entry }
  | {
      readonly type: 'acknowledged'
      readonly requestId: string
      readonly roomId: string
      readonly clientMessageId: string
      readonly seq: number
      readonly sentAt: string
    }
  | {
      readonly type: 'history'
      readonly requestId: string
      readonly roomId: string
      /** As they are now: what the places `from` to `to` of the log hold, perhaps nothing. */
      readonly entries: readonly ShownEntry[]
      /** As they are now: messages that these entries answer and that are not among them. */
      readonly quoted?: readonly MessageEntry[]
      readonly from: number
      readonly to: number
      readonly more: boolean
    }
  | {
      readonly type: 'presence'
      readonly roomId: string
      /** People who are present; `here` may name fewer. */
      readonly count: number
      readonly here: readonly PersonRef[]
    }
  | {
      readonly type: 'presence-changed'
      readonly roomId: string
      readonly count: number
      readonly arrived: readonly PersonRef[]
      readonly departed: readonly PersonRef[]
    }
  | { readonly type: 'rooms-changed' }
  /** The person has read the room up to there, on whichever device. */
  | { readonly type: 'read'; readonly roomId: string; readonly lastReadSeq: number }
  /** This is their card from now on. */
  | { readonly type: 'person'; readonly person: Card }
  | { readonly type: 'behind'; readonly roomId: string; readonly after: number }
  | { readonly type: 'pong'; readonly requestId: string }
  | {
      readonly type: 'error'
      readonly requestId: string | null
      readonly problem: string
      readonly detail: string
      /** After that time the same frame succeeds. */
      readonly retryAfterSeconds?: number
    }

/** Where a subscription starts: behind a `seq` of the log of that epoch, or so far from the end. */
export type SubscribeFrame = {
  readonly type: 'subscribe'
  readonly requestId: string
  readonly roomId: string
} & ({ readonly after: number; readonly epoch?: string } | { readonly latest: number })

export interface PostFrame {
  readonly type: 'post'
  readonly requestId: string
  readonly roomId: string
  readonly clientMessageId: string
  readonly text: string
  /** The `seq` of the message that it answers. */
  readonly replyTo?: number
  /** Files that I stored in the room with `announce=no`: 10 at most. */
  readonly files?: readonly FileVersion[]
}

export type ClientFrame =
  | SubscribeFrame
  | PostFrame
  | { readonly type: 'unsubscribe'; readonly requestId: string; readonly roomId: string }
  | {
      readonly type: 'history'
      readonly requestId: string
      readonly roomId: string
      readonly before: number
      readonly limit: number
    }
  | { readonly type: 'ping'; readonly requestId: string }
