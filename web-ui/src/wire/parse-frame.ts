import type {
  Card,
  Deletion,
  Entry,
  FileRef,
  MarkEntry,
  Mentions,
  MessageEntry,
  Person,
  PersonRef,
  Pin,
  PinnedEntry,
  Reaction,
  ServerFrame,
  ShownEntry,
  SiteRef,
  Status,
} from './frames.ts'
import {
  asObject,
  type JsonObject,
  Mismatch,
  readBoolean,
  readInteger,
  readList,
  readOptionalInteger,
  readOptionalString,
  readString,
  readStrings,
} from './read.ts'

/**
 * Reads one WebSocket message: one frame a line. A frame of an unknown type, and one that breaks the
 * contract, is left out: an entry that is missing that way shows as a gap in the room's `seq`, and the
 * room is read again from there.
 */
export function parseMessage(message: string): ServerFrame[] {
  const frames: ServerFrame[] = []
  for (const line of message.split('\n')) {
    const frame = line.trim() === '' ? null : parseFrame(line)
    if (frame !== null) {
      frames.push(frame)
    }
  }
  return frames
}

/** One frame, or `null` if this page cannot make sense of it. */
export function parseFrame(line: string): ServerFrame | null {
  try {
    return readFrame(asObject(JSON.parse(line), 'a frame'))
  } catch (error) {
    if (error instanceof Mismatch || error instanceof SyntaxError) {
      return null
    }
    throw error
  }
}

type Reader = (from: JsonObject) => ServerFrame

const readers: { readonly [type: string]: Reader } = {
  welcome: (from) => ({
    type: 'welcome',
    protocol: readInteger(from, 'protocol'),
    person: readPerson(asObject(from.person, 'person')),
    serverTime: readString(from, 'serverTime'),
    textCharactersMax: readInteger(from, 'textCharactersMax'),
    editSeconds: readOptionalInteger(from, 'editSeconds'),
    logEpoch: readString(from, 'logEpoch'),
  }),
  subscribed: (from) => ({
    type: 'subscribed',
    requestId: readString(from, 'requestId'),
    roomId: readString(from, 'roomId'),
    after: readInteger(from, 'after'),
    last: readInteger(from, 'last'),
  }),
  unsubscribed: (from) => ({
    type: 'unsubscribed',
    requestId: readString(from, 'requestId'),
    roomId: readString(from, 'roomId'),
  }),
  entry: (from) => ({ type: 'entry', roomId: readString(from, 'roomId'), entry: readEntry(from) }),
  acknowledged: (from) => ({
    type: 'acknowledged',
    requestId: readString(from, 'requestId'),
    roomId: readString(from, 'roomId'),
    clientMessageId: readString(from, 'clientMessageId'),
    seq: readInteger(from, 'seq'),
    sentAt: readString(from, 'sentAt'),
  }),
  history: (from) => ({
    type: 'history',
    requestId: readString(from, 'requestId'),
    roomId: readString(from, 'roomId'),
    entries: readList(from, 'entries', readShownEntry),
    ...(from.quoted == null ? {} : { quoted: readList(from, 'quoted', readMessage) }),
    from: readInteger(from, 'from'),
    to: readInteger(from, 'to'),
    more: readBoolean(from, 'more'),
  }),
  presence: (from) => ({
    type: 'presence',
    roomId: readString(from, 'roomId'),
    count: readInteger(from, 'count'),
    here: readList(from, 'here', readPersonRef),
  }),
  'presence-changed': (from) => ({
    type: 'presence-changed',
    roomId: readString(from, 'roomId'),
    count: readInteger(from, 'count'),
    arrived: readList(from, 'arrived', readPersonRef),
    departed: readList(from, 'departed', readPersonRef),
  }),
  'rooms-changed': () => ({ type: 'rooms-changed' }),
  read: (from) => ({
    type: 'read',
    roomId: readString(from, 'roomId'),
    lastReadSeq: readInteger(from, 'lastReadSeq'),
  }),
  person: (from) => ({ type: 'person', person: readCard(asObject(from.person, 'person')) }),
  behind: (from) => ({
    type: 'behind',
    roomId: readString(from, 'roomId'),
    after: readInteger(from, 'after'),
  }),
  pong: (from) => ({ type: 'pong', requestId: readString(from, 'requestId') }),
  error: (from) => ({
    type: 'error',
    requestId: readOptionalString(from, 'requestId'),
    problem: readString(from, 'problem'),
    detail: readOptionalString(from, 'detail') ?? '',
    ...(from.retryAfterSeconds !== undefined && {
      retryAfterSeconds: readInteger(from, 'retryAfterSeconds'),
    }),
  }),
}

function readFrame(from: JsonObject): ServerFrame | null {
  const type = readString(from, 'type')
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined
  return reader === undefined ? null : reader(from)
}

export function readPersonRef(from: JsonObject): PersonRef {
  const displayName = readOptionalString(from, 'displayName')
  return {
    personId: readString(from, 'personId'),
    name: readString(from, 'name'),
    ...(displayName === null ? {} : { displayName }),
  }
}

export function readPerson(from: JsonObject): Person {
  return { ...readPersonRef(from), guest: readBoolean(from, 'guest') }
}

/** A person of whom less is known is a card that says less. */
export function readCard(from: JsonObject): Card {
  const picture = readOptionalString(from, 'picture')
  const timeZone = readOptionalString(from, 'timeZone')
  return {
    ...readPerson(from),
    ...(picture === null ? {} : { picture }),
    ...(from.status == null ? {} : { status: readStatus(asObject(from.status, 'status')) }),
    ...(timeZone === null ? {} : { timeZone }),
  }
}

function readStatus(from: JsonObject): Status {
  const emoji = readOptionalString(from, 'emoji')
  const until = readOptionalString(from, 'until')
  return {
    text: readString(from, 'text'),
    ...(emoji === null ? {} : { emoji }),
    ...(until === null ? {} : { until }),
  }
}

function readBase(from: JsonObject) {
  return {
    seq: readInteger(from, 'seq'),
    sentAt: readString(from, 'sentAt'),
    ...readPersonRef(from),
  }
}

/** An entry of the log. */
export function readEntry(from: JsonObject): Entry {
  const kind = readString(from, 'kind')
  switch (kind) {
    case 'edited': {
      const edited = asObject(from.edited, 'edited')
      const targetSeq = readInteger(edited, 'targetSeq')
      const text = readString(edited, 'text')
      return { ...readBase(from), kind, edited: { targetSeq, text, ...readMentions(edited) } }
    }
    case 'deleted': {
      const targetSeq = readInteger(asObject(from.deleted, 'deleted'), 'targetSeq')
      return { ...readBase(from), kind, deleted: { targetSeq } }
    }
    case 'reacted':
    case 'unreacted':
    case 'unpinned':
      return readMark(from, kind)
    default:
      return readShownEntry(from)
  }
}

function readMark(from: JsonObject, kind: Exclude<MarkEntry['kind'], 'pinned'>): MarkEntry {
  const base = readBase(from)
  const mark = asObject(from[kind], kind)
  const targetSeq = readInteger(mark, 'targetSeq')
  if (kind === 'unpinned') {
    return { ...base, kind, unpinned: { targetSeq } }
  }
  const reaction = { targetSeq, emoji: readString(mark, 'emoji') }
  return kind === 'reacted'
    ? { ...base, kind, reacted: reaction }
    : { ...base, kind, unreacted: reaction }
}

function readPinned(from: JsonObject): PinnedEntry {
  const targetSeq = readInteger(asObject(from.pinned, 'pinned'), 'targetSeq')
  return { ...readBase(from), kind: 'pinned', pinned: { targetSeq } }
}

/** An entry that has a place in the conversation. */
function readShownEntry(from: JsonObject): ShownEntry {
  const base = readBase(from)
  const kind = readString(from, 'kind')
  switch (kind) {
    case 'message':
      return readMessage(from)
    case 'joined':
    case 'left':
      return { ...base, kind }
    case 'file':
      return { ...base, kind, file: readFileRef(asObject(from.file, 'file')) }
    case 'pinned':
      return readPinned(from)
    case 'site':
      return { ...base, kind, site: readSiteRef(asObject(from.site, 'site')) }
    default:
      return { ...base, kind: 'other' }
  }
}

/** A message of the log, or as it is now. */
export function readMessage(from: JsonObject): MessageEntry {
  const version = readOptionalInteger(from, 'version')
  const editedAt = readOptionalString(from, 'editedAt')
  const replyTo = readOptionalInteger(from, 'replyTo')
  return {
    ...readBase(from),
    kind: 'message',
    clientMessageId: readString(from, 'clientMessageId'),
    text: readString(from, 'text'),
    ...readMentions(from),
    ...(replyTo === null ? {} : { replyTo }),
    ...(from.files == null ? {} : { files: readList(from, 'files', readFileRef) }),
    ...(version === null ? {} : { version }),
    ...(editedAt === null ? {} : { editedAt }),
    ...(from.deleted == null ? {} : { deleted: readDeed(asObject(from.deleted, 'deleted')) }),
    ...readMarks(from),
  }
}

/** Whom a text mentions. */
function readMentions(from: JsonObject): { readonly mentions?: Mentions } {
  if (from.mentions == null) {
    return {}
  }
  const mentions = asObject(from.mentions, 'mentions')
  const people = readStrings(mentions, 'people')
  return {
    mentions: {
      people,
      ...(mentions.room === true ? { room: true } : {}),
      ...(mentions.here === true ? { here: true } : {}),
    },
  }
}

/** What others did with a message; in an entry of the log there is none of it. */
function readMarks(
  from: JsonObject,
): Pick<MessageEntry, 'reactions' | 'pinned' | 'replies' | 'asOf'> {
  const replies = readOptionalInteger(from, 'replies')
  const asOf = readOptionalInteger(from, 'asOf')
  return {
    ...(from.reactions == null ? {} : { reactions: readList(from, 'reactions', readReaction) }),
    ...(from.pinned == null ? {} : { pinned: readDeed(asObject(from.pinned, 'pinned')) }),
    ...(replies === null ? {} : { replies }),
    ...(asOf === null ? {} : { asOf }),
  }
}

function readReaction(from: JsonObject): Reaction {
  return {
    emoji: readString(from, 'emoji'),
    count: readInteger(from, 'count'),
    mine: readBoolean(from, 'mine'),
  }
}

/** Who did something to a message, and when. */
function readDeed(from: JsonObject): Deletion & Pin {
  return { ...readPersonRef(from), at: readString(from, 'at') }
}

function readSiteRef(from: JsonObject): SiteRef {
  return {
    site: readString(from, 'site'),
    url: readString(from, 'url'),
    published: readBoolean(from, 'published'),
  }
}

export function readFileRef(from: JsonObject): FileRef {
  const width = readOptionalInteger(from, 'width')
  const height = readOptionalInteger(from, 'height')
  return {
    fileId: readString(from, 'fileId'),
    version: readOptionalInteger(from, 'version'),
    path: readString(from, 'path'),
    name: readString(from, 'name'),
    size: readInteger(from, 'size'),
    sha256: readString(from, 'sha256'),
    mediaType: readOptionalString(from, 'mediaType') ?? 'application/octet-stream',
    ...(width === null || height === null ? {} : { width, height }),
  }
}
