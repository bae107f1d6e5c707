import { expect, it, vi } from 'vitest'
import { sharedMapHost } from './shared-host.ts'

const made = vi.hoisted(() => [] as { origin: object; destroyed: boolean }[])
vi.mock('./map-host.ts', () => ({
  MapHost: class {
    readonly origin: object
    destroyed = false
    constructor(origin: object) {
      this.origin = origin
      made.push(this)
    }
    destroy(): void {
      this.destroyed = true
    }
  },
}))

it('hands every page the same viewer, and a city whose centre was moved a new one about that centre', () => {
  const first = sharedMapHost({ longitude: 125.32, latitude: 43.9 }, 'full')
  expect(sharedMapHost({ longitude: 125.32, latitude: 43.9 }, 'full')).toBe(first)
  expect(made).toHaveLength(1)
  const second = sharedMapHost({ longitude: 125.32, latitude: 43.8 }, 'full')
  expect(second).not.toBe(first)
  expect(made.map(({ origin, destroyed }) => ({ ...origin, destroyed }))).toEqual([
    { longitude: 125.32, latitude: 43.9, destroyed: true },
    { longitude: 125.32, latitude: 43.8, destroyed: false },
  ])
  expect(sharedMapHost({ longitude: 125.32, latitude: 43.8 }, 'full')).toBe(second)
})
