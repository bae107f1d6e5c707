import { Cartesian3, Cartographic, Color, PointPrimitiveCollection, SceneTransforms } from '@cesium/engine'
import type { MapGraphics } from '../../../src/map/engine/map-graphics.ts'
import type { Drawing } from '../../../src/contracts/map-kit.ts'
import { DeckKit } from '../../../src/map/engine/deck-kit.ts'
import { loadTerrain } from '../../../src/map/engine/terrain/load-terrain.ts'
import { MapHost } from '../../../src/map/engine/map-host.ts'
import { probeRenderer } from '../../../src/map/engine/probe.ts'
import { readSlice } from '../../../src/ui/wall-part.ts'

/** The engine alone on a page, for tests that read pixels and turn the camera. Never part of the app. */
const origin = { longitude: 125.32, latitude: 43.9 }
const probe = probeRenderer()
/** A machine without a card can be told to draw as if it had one, however slowly. */
const wish = new URLSearchParams(location.search).get('quality')
const quality = (wish ?? probe.quality) === 'full' ? 'full' : 'software'
const host = new MapHost(origin, quality, readSlice(location.search))
let kit = new DeckKit(host.ground)
const told = { states: [] as string[], frames: 0, failed: 0, firstFrameMs: 0, onFrame: (): void => undefined }

host.attach(document.querySelector<HTMLElement>('#map')!, {
  onState: (state) => void told.states.push(state),
  onFrame: () => {
    told.frames++
    if (host.stats.deckFrames > 0) told.firstFrameMs ||= performance.now()
    told.onFrame()
  },
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

/** Both libraries, which the host keeps to itself. */
function graphics(): MapGraphics {
  const { graphics: opened } = host as unknown as { graphics: MapGraphics | undefined }
  if (!opened) throw new Error('no graphics are open')
  return opened
}

type Part = 'both' | 'cesium' | 'deck'

/** What is drawn now, read in the turn in which it is drawn: a canvas keeps its picture no longer. */
function snapshot(part: Part = 'both'): ImageData {
  const { scene, overlay } = graphics()
  scene.scene.requestRender()
  scene.render()
  overlay.draw(host.pose!, innerHeight / 1080, true)
  const { clientWidth: width, clientHeight: height } = scene.canvas
  const paper = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  for (const [name, canvas] of [
    ['cesium', scene.canvas],
    ['deck', overlay.canvas],
  ] as const)
    if (part === 'both' || part === name) paper.drawImage(canvas, 0, 0, width, height)
  return paper.getImageData(0, 0, width, height)
}

/** Red, green, blue at one CSS pixel of the picture. */
function colourAt({ data, width }: ImageData, x: number, y: number): [number, number, number] {
  const at = (Math.round(y) * width + Math.round(x)) * 4
  return [data[at]!, data[at + 1]!, data[at + 2]!]
}

/** Middle of what is brighter in that channel than in the others, within `reach` pixels; undefined where nothing is. */
function centroid(
  { data, width, height }: ImageData,
  channel: 0 | 1 | 2,
  near: { x: number; y: number },
  reach: number,
): { x: number; y: number } | undefined {
  let [sum, x, y] = [0, 0, 0]
  for (let row = Math.max(0, Math.floor(near.y - reach)); row <= Math.min(height - 1, near.y + reach); row++)
    for (
      let column = Math.max(0, Math.floor(near.x - reach));
      column <= Math.min(width - 1, near.x + reach);
      column++
    ) {
      const at = (row * width + column) * 4
      const others = [0, 1, 2].filter((other) => other !== channel).map((other) => data[at + other]!)
      const weight = Math.max(0, data[at + channel]! - Math.max(...others) - 20)
      sum += weight
      x += weight * (column + 0.5)
      y += weight * (row + 0.5)
    }
  return sum > 200 ? { x: x / sum, y: y / sum } : undefined
}

/** Draws both with the camera as it is and waits for the card; milliseconds. */
function drawNow(): number {
  const { scene, overlay } = graphics()
  const start = performance.now()
  scene.scene.requestRender()
  scene.render()
  overlay.draw(host.pose!, innerHeight / 1080, true)
  for (const canvas of [scene.canvas, overlay.canvas]) {
    const gl = canvas.getContext('webgl2')!
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
  }
  return performance.now() - start
}

/** Takes a context away as a crashing driver does, and waits until the map is whole again; milliseconds it took. */
async function loseContext(which: 'cesium' | 'deck' | 'both'): Promise<number> {
  const { scene, overlay } = graphics()
  const lost = { cesium: [scene.canvas], deck: [overlay.canvas], both: [scene.canvas, overlay.canvas] }[which]
  const before = host.stats.restores
  const start = performance.now()
  for (const canvas of lost) canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext()
  while (host.stats.restores === before) {
    if (performance.now() - start > 20_000) throw new Error('the map did not come back')
    await new Promise(requestAnimationFrame)
  }
  return performance.now() - start
}

/** Shows the terrain of a tileset beside this page, and lets everything stand on it. */
async function standOn(file: string): Promise<void> {
  const bytesOf = async (name: string): Promise<ArrayBuffer> => await (await fetch(name)).arrayBuffer()
  const relief = await loadTerrain(file, origin, bytesOf)
  const url = new URL(file, location.href).href
  const tilesets = [{ id: 'terrain', kind: 'terrain' as const, url }]
  host.setBaseMap({ appearance: 'dark', vectors: [], tilesets, relief })
  kit = new DeckKit(host.ground)
}

const engine = {
  centroid,
  colourAt,
  drawNow,
  graphics,
  loseContext,
  snapshot,
  host,
  get kit() {
    return kit
  },
  standOn,
  probe,
  told,
  show,
  settled,
  cesium: { Cartesian3, Cartographic, Color, PointPrimitiveCollection, SceneTransforms },
}
export type MapEngine = typeof engine
Object.assign(globalThis, { engine })
