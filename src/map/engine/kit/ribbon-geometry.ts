import type { EnuMetres } from '../../../contracts/map-layer.ts'
import type { Rgba } from '../../../contracts/map-kit.ts'
import { LEAST_ERROR, type ReliefUp, SAMPLED, drapedPath } from './drape.ts'
import { type KitGeometry, NO_ROW } from './kit-layer.ts'

export interface Ribbon {
  path: readonly EnuMetres[]
  color: Rgba
  /** In u. */
  width: number
  /** Never narrower than this on the ground. */
  metres?: number
  dash?: readonly [on: number, off: number]
  /** Seconds at each position. */
  times?: readonly number[]
  row: number | undefined
  /** Length in u of an arrow head at the end; as wide as it is long. */
  head?: number
}

/** Positions closer than this many metres count once: a direction needs a distance. */
const SAME = 0.01

/** All ribbons as one list of triangles: two vertices a position, four where the path turns back by more than a right angle. Laid on the relief where there is one. */
export function ribbonGeometry(ribbons: readonly Ribbon[], relief?: ReliefUp): KitGeometry {
  const to = new RibbonWriter()
  for (const given of ribbons) {
    const ribbon = relief ? { ...given, ...drapedPath(given.path, relief, given.times) } : given
    const kept = ribbon.path.flatMap((at, index) =>
      index === 0 || distance(at, ribbon.path[index - 1]!) > SAME ? [index] : [],
    )
    if (kept.length < 2) continue
    writeRibbon(to, ribbon, kept)
    if (ribbon.head !== undefined) writeHead(to, ribbon, kept, ribbon.head)
  }
  return relief ? { ...to.geometry(), error: LEAST_ERROR * SAMPLED } : to.geometry()
}

function writeRibbon(to: RibbonWriter, ribbon: Ribbon, kept: readonly number[]): void {
  const { path } = ribbon
  let far = 0
  let last: number | undefined
  kept.forEach((at, step) => {
    const [here, before, after] = [path[at]!, path[kept[step - 1] ?? at]!, path[kept[step + 1] ?? at]!]
    far += distance(before, here)
    const time = ribbon.times?.[at] ?? 0
    if (last === undefined) {
      last = to.pair(ribbon, here, before, after, far, time)
    } else if (step < kept.length - 1 && turnsBack(before, here, after)) {
      to.join(last, to.pair(ribbon, here, before, here, far, time))
      last = to.pair(ribbon, here, here, after, far, time)
    } else {
      const next = to.pair(ribbon, here, before, after, far, time)
      to.join(last, next)
      last = next
    }
  })
}

function writeHead(to: RibbonWriter, ribbon: Ribbon, kept: readonly number[], length: number): void {
  const [from, at] = [ribbon.path[kept.at(-2)!]!, ribbon.path[kept.at(-1)!]!]
  const plain = { ...ribbon, width: length, dash: undefined }
  const corner = (side: number, along: number): number => to.vertex(plain, at, from, at, side, along, 0, 0)
  to.triangle(corner(-1, -length), corner(1, -length), corner(0, 0))
}

/** Grows plain arrays; a city's streets are some hundred thousand vertices. */
class RibbonWriter {
  private readonly positions: number[] = []
  private readonly before: number[] = []
  private readonly after: number[] = []
  private readonly colors: number[] = []
  private readonly strokes: number[] = []
  private readonly dashes: number[] = []
  private readonly times: number[] = []
  private readonly rows: number[] = []
  private readonly indices: number[] = []

  pair(
    ribbon: Ribbon,
    at: EnuMetres,
    before: EnuMetres,
    after: EnuMetres,
    far: number,
    time: number,
  ): number {
    const first = this.vertex(ribbon, at, before, after, -1, 0, far, time)
    this.vertex(ribbon, at, before, after, 1, 0, far, time)
    return first
  }

  vertex(
    { color, width, metres = 0, dash, row }: Omit<Ribbon, 'dash'> & { dash?: Ribbon['dash'] | undefined },
    at: EnuMetres,
    before: EnuMetres,
    after: EnuMetres,
    side: number,
    along: number,
    far: number,
    time: number,
  ): number {
    this.positions.push(at[0], at[1], at[2])
    this.before.push(before[0], before[1], before[2])
    this.after.push(after[0], after[1], after[2])
    this.colors.push(color[0], color[1], color[2], color[3])
    this.strokes.push(side, width, along, metres)
    this.dashes.push(dash?.[0] ?? 0, dash?.[1] ?? 0, far)
    this.times.push(time)
    return this.rows.push(row ?? NO_ROW) - 1
  }

  join(from: number, to: number): void {
    this.indices.push(from, from + 1, to, to, from + 1, to + 1)
  }

  triangle(a: number, b: number, c: number): void {
    this.indices.push(a, b, c)
  }

  geometry(): KitGeometry {
    const floats = (size: number, value: number[]) => ({ size, value: new Float32Array(value) })
    return {
      topology: 'triangle-list',
      attributes: {
        positions: floats(3, this.positions),
        before: floats(3, this.before),
        after: floats(3, this.after),
        colors: { size: 4, value: new Uint8Array(this.colors), normalized: true },
        strokes: floats(4, this.strokes),
        dashes: floats(3, this.dashes),
        times: floats(1, this.times),
        rows: floats(1, this.rows),
      },
      indices: new Uint32Array(this.indices),
    }
  }
}

function distance(a: EnuMetres, b: EnuMetres): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function turnsBack(a: EnuMetres, b: EnuMetres, c: EnuMetres): boolean {
  return (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0
}
