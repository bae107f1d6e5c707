import type { CesiumWidget } from '@cesium/engine'
import { beforeEach, expect, it, vi } from 'vitest'
import { type BaseMap, BaseMapView } from './base-map.ts'
import { EnuFrame } from './enu-frame.ts'

const { opened, removed } = vi.hoisted(() => ({ opened: [] as string[], removed: [] as string[] }))
vi.mock('./base-tileset.ts', () => ({
  DEPTH_LAYERS: 120,
  BaseTileset: class {
    readonly id: string
    readonly kind: string
    constructor(id: string, kind: string) {
      this.id = id
      this.kind = kind
    }
    paint(): void {}
    async open(_widget: unknown, url: string): Promise<void> {
      opened.push(url)
    }
    remove(): void {
      removed.push(this.id)
    }
    close(): void {}
  },
}))
beforeEach(() => {
  opened.length = 0
  removed.length = 0
})

const widget = {
  scene: { primitives: { add: () => undefined, remove: () => undefined }, requestRender: () => undefined },
} as unknown as CesiumWidget
const houses = { id: 'houses', kind: 'buildings', url: '/houses.json' } as const
const hills = { id: 'hills', kind: 'terrain', url: '/hills.json' } as const
const mapOf = (tilesets: BaseMap['tilesets']): BaseMap => ({ appearance: 'dark', tilesets, vectors: [] })

it('opens what comes late beside what stands, and takes off only what is gone or lies elsewhere', () => {
  const view = new BaseMapView(new EnuFrame(125.3, 43.9), () => undefined)
  view.show(mapOf([houses]))
  view.attach(widget)
  view.show(mapOf([hills, houses]))
  expect([opened, removed]).toEqual([['/houses.json', '/hills.json'], []])
  view.show(mapOf([hills, { ...houses, url: '/newer.json' }]))
  expect([opened.slice(2), removed]).toEqual([['/newer.json'], ['houses']])
  view.show(undefined)
  expect(removed).toEqual(['houses', 'hills', 'houses'])
})
