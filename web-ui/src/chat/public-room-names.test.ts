import { beforeEach, describe, expect, it, vi } from 'vitest'
import { findRooms } from '../wire/rooms.ts'
import { room } from './chat-client-fixture.ts'
import { namesBehindHash, publicRooms, seekRooms, soughtRoomsMax } from './public-room-names.ts'

vi.mock(import('../wire/rooms.ts'), async (original) => ({
  ...(await original()),
  findRooms: vi.fn(),
}))

function serve(...names: readonly string[]): void {
  vi.mocked(findRooms).mockResolvedValue({ rooms: names.map((name) => room(name, 1)), next: null })
}

function asked(): unknown[] {
  return vi.mocked(findRooms).mock.calls.map(([typed]) => typed)
}

beforeEach(() => {
  vi.mocked(findRooms).mockReset()
})

describe('a room that a text names', () => {
  it('is found by its whole name, and looked for once', async () => {
    serve('looms', 'Loom')
    seekRooms(['loom', 'LOOM'])
    await vi.waitFor(() => expect(publicRooms.get().get('loom')).toBe('Loom'))
    seekRooms(['loom'])
    expect(asked()).toEqual(['loom'])
  })

  it('is looked for again if nobody answered', async () => {
    vi.mocked(findRooms).mockRejectedValueOnce(new Error('no line'))
    seekRooms(['weft'])
    await vi.waitFor(() => expect(asked()).toEqual(['weft']))
    serve('weft')
    await vi.waitFor(() => {
      seekRooms(['weft'])
      expect(publicRooms.get().has('weft')).toBe(true)
    })
  })

  it('is one of a bounded number', async () => {
    serve()
    seekRooms(Array.from({ length: soughtRoomsMax + 10 }, (_, at) => `r${at}`))
    seekRooms(['one-more'])
    await vi.waitFor(() => expect(asked()).toContain('r40'))
    expect(asked().length).toBeLessThanOrEqual(soughtRoomsMax)
    expect(asked()).not.toContain('one-more')
  })
})

describe('a text', () => {
  it('names what stands behind a hash, but no number', () => {
    expect(namesBehindHash('#loom and (#Weft.), 见#织机 a#b ##c x/#d #12 # e')).toEqual([
      'loom',
      'Weft',
    ])
  })
})
