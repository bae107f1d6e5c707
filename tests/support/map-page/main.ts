import { Cartesian3, Color, PointPrimitiveCollection, SceneTransforms } from '@cesium/engine'
import type { Drawing } from '../../../src/contracts/map-kit.ts'
import { DeckKit } from '../../../src/map/engine/deck-kit.ts'
import { MapHost } from '../../../src/map/engine/map-host.ts'
import { probeRenderer } from '../../../src/map/engine/probe.ts'

/** The engine alone on a page, for tests that read pixels and turn the camera. Never part of the app. */
const origin = { longitude: 125.32, latitude: 43.9 }
const probe = probeRenderer()
const host = new MapHost(origin, probe.quality)
const kit = new DeckKit()
const told = { states: [] as string[], frames: 0, failed: 0 }

host.attach(document.querySelector<HTMLElement>('#map')!, {
  onState: (state) => void told.states.push(state),
  onFrame: () => void told.frames++,
  onResize: () => undefined,
  onFailed: () => void told.failed++,
})

/** Draws what `build` hands back and waits until nothing more is to come. */
async function show(build: () => Drawing[]): Promise<void> {
  host.setLayers(build, innerHeight / 1080)
  await settled()
}

async function settled(): Promise<void> {
  const before = told.frames
  for (let frame = 0; frame < 600; frame++) {
    await new Promise(requestAnimationFrame)
    if (told.frames > before && told.states.at(-1) === 'idle') return
  }
  throw new Error(`the map never rested: ${told.states.slice(-5).join()}`)
}

const engine = {
  host,
  kit,
  probe,
  told,
  show,
  settled,
  cesium: { Cartesian3, Color, PointPrimitiveCollection, SceneTransforms },
}
export type MapEngine = typeof engine
Object.assign(globalThis, { engine })
