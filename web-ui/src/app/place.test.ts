import { describe, expect, it } from 'vitest'
import { type Place, parsePlace, placeHash } from './place.ts'

describe('the place in the address', () => {
  it.each<Place>([
    { at: 'start' },
    { at: 'my-files', folder: '' },
    { at: 'my-files', folder: '100 % 图/#1 & co?/a+b' },
    { at: 'sites' },
    { at: 'room', roomId: '0b8f2f66-6f0e-4d1c-9a55-0d6a1b0c7e11', folder: null },
    { at: 'room', roomId: '0b8f2f66-6f0e-4d1c-9a55-0d6a1b0c7e11', folder: '' },
    { at: 'room', roomId: '0b8f2f66-6f0e-4d1c-9a55-0d6a1b0c7e11', folder: 'files/plans' },
    { at: 'room', roomId: '0b8f2f66-6f0e-4d1c-9a55-0d6a1b0c7e11', folder: null, seq: 4711 },
  ])('survives the way there and back: %j', (place) => {
    expect(parsePlace(placeHash(place))).toEqual(place)
  })

  it('is the top of the files for a folder that cannot be', () => {
    expect(parsePlace('#/files/%E0%A4')).toEqual({ at: 'my-files', folder: '' })
    expect(parsePlace('#/files/a%2Fb')).toEqual({ at: 'my-files', folder: '' })
  })

  it('is the room for a message that cannot be', () => {
    for (const seq of ['0', '-1', '1e3', '9'.repeat(16), 'x']) {
      expect(parsePlace(`#/rooms/0b8f2f66/${seq}`)).toEqual({
        at: 'room',
        roomId: '0b8f2f66',
        folder: null,
      })
    }
  })

  it('is the start for anything else', () => {
    expect(parsePlace('')).toEqual({ at: 'start' })
    expect(parsePlace('#/rooms/')).toEqual({ at: 'start' })
    expect(parsePlace('#/rooms/..%2f')).toEqual({ at: 'start' })
  })
})
