// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../ui/store.ts'
import type { MessageEntry, Reaction } from '../wire/frames.ts'
import { listReactions } from '../wire/reactions.ts'
import { emojiTable } from './emoji-table.ts'
import type { MarkActs } from './mark-acts.ts'
import { type Wishes, wishKey } from './message-reactions.ts'
import { hoverMillis, ReactionChips } from './reaction-chips.tsx'
import { pressMillis } from './use-active-row.ts'

vi.mock('../wire/reactions.ts', () => ({ listReactions: vi.fn() }))

const wishes = createStore<ReadonlyMap<string, Wishes>>(new Map())
const acts: MarkActs = {
  roomId: 'r',
  me: 'me',
  wishes,
  mayPin: true,
  onPick: vi.fn(),
  onReact: vi.fn(),
  onPin: vi.fn(),
}
const two: readonly Reaction[] = [
  { emoji: '👍', count: 2, mine: true },
  { emoji: '🎉', count: 1, mine: true },
]
const ada = { personId: 'ada', name: 'ada', displayName: 'Ada' }

let root: Root
let place: HTMLElement
/** Each test has a message of its own, of which nothing is remembered. */
let seq = 100

function show(reactions: readonly Reaction[] = two, active = true): void {
  const at = { seq, personId: 'ada', name: 'ada', sentAt: '2026-11-23T08:00:00Z', asOf: 200 }
  const entry: MessageEntry = {
    ...at,
    kind: 'message',
    clientMessageId: 'c',
    text: 'hi',
    reactions,
  }
  act(() =>
    root.render(
      <div className="message" tabIndex={-1}>
        <ReactionChips entry={entry} acts={acts} active={active} />
      </div>,
    ),
  )
}

function chips(): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('button.reaction')]
}

function chip(at: number): HTMLElement {
  const found = chips()[at]
  if (found === undefined) {
    throw new Error(`no chip ${at}`)
  }
  return found
}

function points(at: number, type: string, pointerType: string): void {
  // React makes "enter" and "leave" of these.
  const bubbling = { pointerenter: 'pointerover', pointerleave: 'pointerout' }[type] ?? type
  const event = new MouseEvent(bubbling, { bubbles: true })
  Object.defineProperty(event, 'pointerType', { value: pointerType })
  act(() => void chip(at).dispatchEvent(event))
}

function press(key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  act(() => void document.activeElement?.dispatchEvent(event))
}

async function pass(millis: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(millis))
}

function tip(): string | null {
  return place.querySelector('[role="tooltip"]')?.textContent ?? null
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  vi.useFakeTimers()
  vi.clearAllMocks()
  seq += 1
  wishes.set(new Map())
  vi.mocked(listReactions).mockResolvedValue([
    { emoji: '👍', count: 2, mine: true, people: [{ personId: 'me', name: 'me' }, ada] },
  ])
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})

afterEach(() => {
  act(() => root.unmount())
  place.remove()
  emojiTable.set([])
  vi.useRealTimers()
})

describe('the reactions under a message', () => {
  it('say how many people reacted so, and whether I am among them', () => {
    show([...two, { emoji: '👀', count: 1, mine: false }])
    expect(chips().map((each) => each.getAttribute('aria-label'))).toEqual([
      '👍: 2 people, and you are among them',
      '🎉: 1 person, and you are among them',
      '👀: 1 person',
      'Add a reaction',
    ])
    expect(chips().map((each) => each.getAttribute('aria-pressed'))).toEqual([
      'true',
      'true',
      'false',
      null,
    ])
    expect(place.querySelector('[role="group"]')?.getAttribute('aria-live')).toBe('off')
  })

  it('are called by their names once the page knows them', () => {
    show()
    const names = { names: ['+1', 'thumbs_up'], words: [], chinese: ['赞'] }
    act(() => emojiTable.set([{ emoji: '👍', ...names }]))
    expect(chip(0).getAttribute('aria-label')).toBe('thumbs up: 2 people, and you are among them')
  })

  it('take mine back or add it', () => {
    show([
      { emoji: '👍', count: 2, mine: true },
      { emoji: '👀', count: 1, mine: false },
    ])
    act(() => chip(0).click())
    act(() => chip(1).click())
    act(() => chip(2).click())
    expect(vi.mocked(acts.onReact).mock.calls).toEqual([
      [seq, '👍', false],
      [seq, '👀', true],
    ])
    expect(acts.onPick).toHaveBeenCalledWith(seq, expect.anything())
  })

  it('show what I want before the server has it', () => {
    wishes.set(
      new Map([
        [
          wishKey('r', seq),
          new Map([
            ['👍', false],
            ['👀', true],
          ]),
        ],
      ]),
    )
    show()
    expect(chips().map((each) => each.textContent)).toEqual(['👍1', '🎉1', '👀1', ''])
    act(() => wishes.set(new Map()))
    expect(chips().map((each) => each.textContent)).toEqual(['👍2', '🎉1', ''])
  })

  it('are not there without any', () => {
    show([])
    expect(place.querySelector('.reactions')).toBeNull()
  })

  it('leave the focus at the message when the last one goes', () => {
    show()
    act(() => chip(1).focus())
    act(() => chip(1).click())
    expect(document.activeElement).toBe(place.querySelector('.message'))
  })

  it('are one stop for the Tab key, in the message that is active; arrows move', () => {
    show(two, false)
    expect(chips().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, -1])
    show()
    expect(chips().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1])
    act(() => chip(0).focus())
    press('ArrowRight')
    expect(document.activeElement).toBe(chip(1))
    expect(chips().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1])
    press('ArrowRight')
    press('ArrowRight')
    expect(document.activeElement).toBe(chip(0))
    press('ArrowLeft')
    expect(document.activeElement).toBe(chip(2))
  })
})

describe('who reacted', () => {
  it('shows under a pointer that rests, and goes with it', async () => {
    show()
    points(0, 'pointerenter', 'mouse')
    await pass(hoverMillis - 1)
    expect([tip(), vi.mocked(listReactions).mock.calls]).toEqual([null, []])
    await pass(1)
    expect(tip()).toBe('You and Ada reacted with 👍')
    expect(chip(0).getAttribute('aria-describedby')).toBe(
      place.querySelector('[role="tooltip"]')?.id,
    )
    points(0, 'pointerleave', 'mouse')
    expect(tip()).toBeNull()
  })

  it('shows under a finger that rests, until the next press', async () => {
    show()
    points(0, 'pointerdown', 'touch')
    await pass(pressMillis)
    points(0, 'pointerup', 'touch')
    expect(tip()).toBe('You and Ada reacted with 👍')
    points(1, 'pointerdown', 'touch')
    points(1, 'pointerup', 'touch')
    await pass(pressMillis)
    expect(tip()).toBeNull()
  })

  it('counts those who are not named', async () => {
    show([{ emoji: '👍', count: 4, mine: false }])
    points(0, 'pointerenter', 'mouse')
    await pass(hoverMillis)
    expect(tip()).toBe('Ada and 3 others reacted with 👍')
  })

  it('goes with Escape, which does nothing else', async () => {
    show()
    const outside = vi.fn()
    document.body.addEventListener('keydown', outside)
    act(() => chip(0).focus())
    points(0, 'pointerenter', 'mouse')
    await pass(hoverMillis)
    press('Escape')
    expect([tip(), outside.mock.calls.length]).toEqual([null, 0])
    press('Escape')
    expect(outside).toHaveBeenCalledOnce()
    document.body.removeEventListener('keydown', outside)
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    'javascript:alert(1)',
  ])('is text and nothing else, whatever names and signs are: %s', async (evil) => {
    const eve = { personId: 'eve', name: evil, displayName: evil }
    const reaction = { emoji: evil, count: 1, mine: false }
    vi.mocked(listReactions).mockResolvedValue([{ ...reaction, people: [eve] }])
    show([reaction])
    points(0, 'pointerenter', 'mouse')
    await pass(hoverMillis)
    expect(tip()).toBe(`${evil} reacted with ${evil}`)
    expect(chip(0).textContent).toBe(`${evil}1`)
    expect(place.querySelector('script, img, a, [onload], [onerror], [style]')).toBeNull()
    expect(place.querySelectorAll('svg')).toHaveLength(1)
  })
})
