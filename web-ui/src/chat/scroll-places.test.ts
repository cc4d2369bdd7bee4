import { describe, expect, it } from 'vitest'
import { emptyLog, type RoomLog } from './room-log.ts'
import { ScrollPlaces, scrollPlacesMax, scrollPlacesOf } from './scroll-places.ts'

const place = { anchor: { seq: '7', offset: -3 }, window: { top: 5, bottom: null } }

function log(after: number, last: number): RoomLog {
  const entries = Array.from({ length: last - after }, (_, at) => ({
    seq: after + 1 + at,
    kind: 'other' as const,
    personId: 'p',
    name: 'p',
    sentAt: '2026-11-30T08:00:00Z',
  }))
  return { ...emptyLog(after), last, entries }
}

describe('where somebody was reading', () => {
  it('is found again until they leave from the end', () => {
    const places = new ScrollPlaces()
    expect(places.find('lobby', log(0, 9))).toBeNull()
    places.leave('lobby', place)
    expect(places.find('lobby', log(0, 9))).toEqual(place)
    places.leave('lobby', null)
    expect(places.find('lobby', log(0, 9))).toBeNull()
  })

  it('is the end where that row is not here any more', () => {
    const places = new ScrollPlaces()
    places.leave('lobby', place)
    expect(places.find('lobby', log(7, 9))).toBeNull()
    expect(places.find('lobby', log(0, 6))).toBeNull()
    expect(places.find('lobby', log(6, 7))).toEqual(place)
  })

  it('is kept of the rooms that were left last', () => {
    const places = new ScrollPlaces()
    for (let i = 0; i <= scrollPlacesMax; i++) {
      places.leave(`room-${i}`, place)
    }
    expect(places.find('room-0', log(0, 9))).toBeNull()
    expect(places.find('room-1', log(0, 9))).toEqual(place)
  })

  it('belongs to one chat', () => {
    const one = {}
    scrollPlacesOf(one).leave('lobby', place)
    expect(scrollPlacesOf(one).find('lobby', log(0, 9))).toEqual(place)
    expect(scrollPlacesOf({}).find('lobby', log(0, 9))).toBeNull()
  })
})
