// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { later } from './later.tsx'

let root: Root
let place: HTMLElement

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  place = document.createElement('div')
  root = createRoot(place)
})

afterEach(() => act(() => root.unmount()))

const Greeting = ({ name }: { readonly name: string }) => <p>Hello {name}</p>

describe('a part that comes later', () => {
  it('says that it is coming, and is at once there the next time', async () => {
    const Part = later(async () => Greeting)
    act(() => root.render(<Part name="Ada" />))
    expect(place.querySelector('[role="status"]')).not.toBeNull()
    await act(async () => undefined)
    expect(place.textContent).toBe('Hello Ada')
    act(() => root.render(<Part key="again" name="Grace" />))
    expect(place.textContent).toBe('Hello Grace')
  })

  it('says nothing until then where that is better', async () => {
    const Part = later(async () => Greeting, 'says-nothing')
    act(() => root.render(<Part name="Ada" />))
    expect(place.innerHTML).toBe('')
    await act(async () => undefined)
    expect(place.textContent).toBe('Hello Ada')
  })

  it('that does not arrive is asked for again by hand', async () => {
    let tries = 0
    const Part = later(async () => {
      tries += 1
      if (tries === 1) {
        throw new TypeError('Failed to fetch dynamically imported module')
      }
      return Greeting
    })
    await act(async () => root.render(<Part name="Ada" />))
    expect(place.querySelector('[role="alert"]')).not.toBeNull()
    await act(async () => place.querySelector('button')?.click())
    expect(place.textContent).toBe('Hello Ada')
  })
})
