// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest'
import { ignoreStrayDrops } from './stray-drops.ts'

function drag(type: 'dragover' | 'drop', target: Element, types: readonly string[]): Event {
  const event = new Event(type, { bubbles: true, cancelable: true })
  Object.assign(event, { dataTransfer: { types, dropEffect: 'copy' } })
  target.dispatchEvent(event)
  return event
}

beforeAll(() => {
  ignoreStrayDrops(window)
  document.body.innerHTML = '<main><p></p><textarea></textarea></main>'
})

function element(selector: string): Element {
  return document.querySelector(selector) ?? document.body
}

describe('what is dropped', () => {
  it.each([['Files'], ['text/uri-list']])('beside every place for it opens nothing: %s', (type) => {
    expect(drag('dragover', element('p'), [type]).defaultPrevented).toBe(true)
    expect(drag('drop', element('p'), [type]).defaultPrevented).toBe(true)
  })

  it('is no file for a field, but may be its text', () => {
    expect(drag('drop', element('textarea'), ['Files']).defaultPrevented).toBe(true)
    expect(drag('drop', element('textarea'), ['text/plain']).defaultPrevented).toBe(false)
  })

  it('is left to the place that took it', () => {
    element('main').addEventListener('drop', (event) => event.preventDefault(), { once: true })
    const event = drag('drop', element('p'), ['Files'])
    expect(event).toMatchObject({ dataTransfer: { dropEffect: 'copy' } })
  })
})
