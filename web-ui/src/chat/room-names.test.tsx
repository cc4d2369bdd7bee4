// @vitest-environment jsdom
import { act, useContext } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Mentions, ServerFrame } from '../wire/frames.ts'
import { listMembers } from '../wire/rooms.ts'
import {
  connectBeforeEach,
  entry,
  me,
  message,
  page,
  room,
  subscribed,
} from './chat-client-fixture.ts'
import { messageHtml } from './markdown.ts'
import {
  presentCalledMax,
  type RoomNames,
  RoomNamesContext,
  useRoomNames,
  useTextNames,
} from './room-names.ts'

vi.mock(import('../wire/rooms.ts'), async (original) => ({
  ...(await original()),
  listMembers: vi.fn(),
}))

connectBeforeEach()

let root: Root
let place: HTMLElement
let names: RoomNames

function Room(props: { readonly text: string; readonly mentions?: Mentions }) {
  const person = { ...me, guest: false }
  names = useRoomNames(page.chat, person, room('lobby', 10), addressOf)
  return (
    <RoomNamesContext value={names}>
      <Text {...props} />
    </RoomNamesContext>
  )
}

function Text(props: { readonly text: string; readonly mentions?: Mentions }) {
  useContext(RoomNamesContext)
  const text = useTextNames(props.text, props.mentions, 'someone')
  return <p>{messageHtml(props.text, null, text)}</p>
}

function addressOf(roomId: string): string {
  return `https://tercet.example/#/rooms/${roomId}`
}

async function show(text: string, people: readonly string[] | null): Promise<string> {
  const mentions = people === null ? {} : { mentions: { people } }
  await act(async () => root.render(<Room text={text} {...mentions} />))
  return place.textContent ?? ''
}

function receive(...frames: readonly ServerFrame[]): void {
  act(() => page.line.onFrames(frames))
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.mocked(listMembers)
    .mockReset()
    .mockResolvedValue([{ personId: 'bo', name: 'bo', displayName: 'Bo B', guest: false }])
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  page.line.onFrames([subscribed(10, 10)])
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
})

it('who wrote here is known, and members are read only for somebody who is not', async () => {
  receive(entry(11))
  expect(await show('@grace', ['grace'])).toContain('class="mention"')
  expect(listMembers).not.toHaveBeenCalled()
  expect(await show('@bo', ['bo'])).toContain('>@Bo B<')
  expect(listMembers).toHaveBeenCalledOnce()
  expect(await show('@gone', ['gone'])).not.toContain('mention')
  expect(listMembers).toHaveBeenCalledOnce()
})

it('members are read again when somebody joins, if anybody asked', async () => {
  await show('hi', null)
  receive({ type: 'entry', roomId: 'lobby', entry: { ...message(11), kind: 'joined' } })
  expect(listMembers).not.toHaveBeenCalled()
  await act(async () => names.askMembers())
  expect(names.members).toHaveLength(1)
  await act(async () =>
    page.line.onFrames([
      { type: 'entry', roomId: 'lobby', entry: { ...message(12), kind: 'joined' } },
    ]),
  )
  expect(listMembers).toHaveBeenCalledTimes(2)
})

it('everybody present is called together only where they are few', async () => {
  const present = (count: number) => receive({ type: 'presence', roomId: 'lobby', count, here: [] })
  await show('hi', null)
  present(presentCalledMax)
  expect(names.mayCall).toEqual({ room: false, here: true })
  present(presentCalledMax + 1)
  expect(names.mayCall.here).toBe(false)
})

it('the names stay the same value as long as nothing new is known', async () => {
  receive(entry(11))
  await show('hi', null)
  const before = names
  receive(entry(12))
  expect(names).toBe(before)
  expect(names.writers()).toEqual(['grace'])
})

it('a mention of me stands out, and a room of mine is a link', async () => {
  expect(await show('@ada', ['me'])).toContain('mention-me')
  expect(await show('see #lobby', null)).toContain('<a href="https://tercet.example/#/rooms/lobby"')
})
