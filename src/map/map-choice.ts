import { type Quality, type RendererProbe, resolutionScale } from './engine/probe.ts'
import { PICTURE_PIXELS } from './engine/test-picture.ts'

export type MapKind = '3d' | '2d'

export interface MapChoice {
  kind: MapKind
  /** What the engine draws with, now or once the viewer asks for it; undefined where it cannot draw at all. */
  quality: Quality | undefined
  /** What decided: the viewer's own wish, or what the machine can do. */
  why: 'wished' | 'able' | 'slow' | 'unable' | 'lost'
}

/** A picture of the map takes as long as so many test pictures of its size, on llvmpipe and on SwiftShader. */
const PICTURES = 4
/** From here on a moving map stutters: a card that takes longer is spared what costs most. */
const SPARE_FROM_MS = 100
/** From here on nobody moves a map: the flat one answers a hand at once. */
const FLAT_FROM_MS = 1200

/** Milliseconds that a picture of the map is likely to take on a canvas of that many CSS pixels. */
function frameMs({ pictureMs }: RendererProbe, quality: Quality, width: number, height: number): number {
  const scale = resolutionScale(quality, width, height)
  return (pictureMs * PICTURES * width * height * scale * scale) / PICTURE_PIXELS
}

/**
 * Which map a screen gets. What the viewer wishes goes before what the machine is good at, but not before what it can do.
 * @param size of the map's canvas, CSS pixels
 */
export function chooseMap(
  probe: RendererProbe,
  size: { width: number; height: number },
  wish: MapKind | undefined,
): MapChoice {
  if (probe.quality === 'none') return { kind: '2d', quality: undefined, why: 'unable' }
  const spared = frameMs(probe, probe.quality, size.width, size.height) > SPARE_FROM_MS
  const quality = spared ? 'software' : probe.quality
  if (wish) return { kind: wish, quality, why: 'wished' }
  const slow = frameMs(probe, quality, size.width, size.height) > FLAT_FROM_MS
  return slow ? { kind: '2d', quality, why: 'slow' } : { kind: '3d', quality, why: 'able' }
}

/** `map=3d` or `map=2d` of the page's address; anything else is no wish. */
export function wishOfAddress(search: string): MapKind | undefined {
  return kindOf(new URLSearchParams(search).get('map'))
}

const KEPT = 'citydeck.map'

/** What was wished on this machine before. */
export function keptWish(): MapKind | undefined {
  return kindOf(localStorage.getItem(KEPT))
}

export function keepWish(kind: MapKind): void {
  localStorage.setItem(KEPT, kind)
}

function kindOf(text: string | null): MapKind | undefined {
  return text === '3d' || text === '2d' ? text : undefined
}
