import type { EnuMetres } from '../contracts/map-layer.ts'
import type { MapLabel } from '../contracts/map-drawing.ts'

/** Metres from which a house no longer hides a thing but holds it: a hospital's own walls stand around its mark. */
const OWN_WALLS = 40
/** Range in metres above which nobody looks for what stands behind which house. */
const STREET = 20_000
/** Labels looked at after the map has come to rest, and how many of them in one go. */
const [MOST, BATCH, PAUSE_MS] = [24, 4, 50]

/** The map as seen, to tell what hides what. */
export interface Sight {
  cameraView: { heading: number; range: number }
  /** Another object for another picture. */
  pose: object | undefined
  project(at: EnuMetres): { x: number; y: number } | undefined
  pick(x: number, y: number): { feature?: string; ground?: EnuMetres }
}

/** Whether something solid stands between the eye and the foot of a label, farther before it than its own house reaches. */
export function isBehind({ at, feature }: Pick<MapLabel, 'at' | 'feature'>, sight: Sight): boolean {
  const heading = (sight.cameraView.heading * Math.PI) / 180
  const [east, north, up] = at
  const before: EnuMetres = [east - Math.sin(heading) * OWN_WALLS, north - Math.cos(heading) * OWN_WALLS, up]
  return [at, before].every((point) => {
    const pixel = sight.project(point)
    const hit = pixel && sight.pick(pixel.x, pixel.y)
    return (
      hit !== undefined && hit.ground === undefined && hit.feature !== undefined && hit.feature !== feature
    )
  })
}

/**
 * Finds, a few at a time and only while the picture rests, which things with a label stand behind a building.
 * @param found told of all of them at each look, also of none
 */
export class HiddenLabels {
  private readonly sight: Sight
  private readonly found: (ids: ReadonlySet<string>) => void
  private looked: { pose: object | undefined; labels: string } | undefined
  private timer = 0

  constructor(sight: Sight, found: (ids: ReadonlySet<string>) => void) {
    this.sight = sight
    this.found = found
  }

  /** The picture rests; the same picture with the same labels is looked at once. */
  rest(labels: readonly MapLabel[], underground: boolean): void {
    const { pose } = this.sight
    const ids = labels.map(({ id }) => id).join()
    if (this.looked?.pose === pose && this.looked?.labels === ids) return
    this.stop()
    this.looked = { pose, labels: ids }
    const near = !underground && this.sight.cameraView.range < STREET
    this.look(near ? labels.filter(({ feature }) => feature !== undefined).slice(0, MOST) : [], new Set())
  }

  stop(): void {
    window.clearTimeout(this.timer)
  }

  private look(left: readonly MapLabel[], hidden: Set<string>): void {
    if (this.sight.pose !== this.looked?.pose) return
    for (const label of left.slice(0, BATCH)) if (isBehind(label, this.sight)) hidden.add(label.id)
    const rest = left.slice(BATCH)
    if (rest.length === 0) this.found(hidden)
    else this.timer = window.setTimeout(() => this.look(rest, hidden), PAUSE_MS)
  }
}
