import type { Random } from '../../../src/domain/random.ts'
import type { Footprint } from '../tiles/footprint.ts'
import { BLOCK, isOpen, type Plan } from '../../../mock-data/sketch/plan.ts'
import { type Metres, rotate } from '../../../mock-data/sketch/plane.ts'

const FLOOR = 3
/** From the middle of the street to the first wall. */
const SETBACK = 24

interface House {
  at: Metres
  width: number
  depth: number
  floors: number
  /** Share of width and depth cut out of a corner; 0 for a plain box. */
  notch: number
}

/**
 * Sketched buildings in the blocks of the street grid, nearest blocks first, until there are enough: towers and slabs in the
 * middle, rows of flats around, lower halls outside. No address, no name, no real building.
 */
export function sketchHouses(plan: Plan, count: number): Footprint[] {
  const blocks = blocksOf(plan)
  const footprints: Footprint[] = []
  for (const block of blocks) {
    for (const house of housesOf(block, plan.random('block', block.column, block.row), plan.builtRadius)) {
      if (footprints.length === count) return footprints
      if (isOpen(plan, rotate(house.at, plan.turn), Math.hypot(house.width, house.depth) / 2 + 4)) continue
      footprints.push(footprintOf(plan, house, footprints.length + 1))
    }
  }
  return footprints
}

interface Block {
  column: number
  row: number
  /** Middle, before the grid is turned. */
  at: Metres
  order: number
}

function blocksOf(plan: Plan): Block[] {
  const reach = Math.ceil((plan.builtRadius * 1.6) / BLOCK)
  const blocks: Block[] = []
  for (let column = -reach; column < reach; column++) {
    for (let row = -reach; row < reach; row++) {
      const at: Metres = [(column + 0.5) * BLOCK, (row + 0.5) * BLOCK]
      if (!plan.isInside(rotate(at, plan.turn))) continue
      const ragged = 0.85 + 0.3 * plan.random('edge', column, row).nextFraction()
      blocks.push({ column, row, at, order: Math.hypot(...at) * ragged })
    }
  }
  return blocks.sort((a, b) => a.order - b.order)
}

function housesOf({ at }: Block, random: Random, builtRadius: number): House[] {
  const out = Math.hypot(...at) / builtRadius
  const kind = random.nextFraction()
  const inner = BLOCK - 2 * SETBACK
  if (out < 0.35 && kind < 0.5) return lattice(at, random, inner, 3, 3, () => tower(random, out))
  if (out > 0.75 && kind < 0.3) return lattice(at, random, inner, 2, 3, () => hall(random))
  // A block is mostly built at one time, by one hand.
  const floors = random.pick(out < 0.6 ? [6, 7, 11, 18, 18, 26, 33] : [5, 6, 6, 7, 11, 18])
  return lattice(at, random, inner, 3, 5, () => flats(random, floors))
}

function lattice(
  [east, north]: Metres,
  random: Random,
  inner: number,
  columns: number,
  rows: number,
  make: () => Omit<House, 'at'>,
): House[] {
  const houses: House[] = []
  for (let column = 0; column < columns; column++) {
    for (let line = 0; line < rows; line++) {
      if (random.nextFraction() < 0.14) continue
      const house = make()
      const jitter = () => (random.nextFraction() - 0.5) * 8
      houses.push({
        ...house,
        at: [
          east - inner / 2 + ((column + 0.5) * inner) / columns + jitter(),
          north - inner / 2 + ((line + 0.5) * inner) / rows + jitter(),
        ],
      })
    }
  }
  return houses
}

function tower(random: Random, out: number): Omit<House, 'at'> {
  const high = random.nextFraction() ** 3
  return {
    width: 26 + 16 * random.nextFraction(),
    depth: 24 + 14 * random.nextFraction(),
    floors: Math.round(12 + 22 * random.nextFraction() + 40 * high * (1 - out * 2)),
    notch: 0,
  }
}

function flats(random: Random, floors: number): Omit<House, 'at'> {
  return {
    width: 44 + 14 * random.nextFraction(),
    depth: 12 + 4 * random.nextFraction(),
    floors: floors + random.nextInt(-1, 1),
    notch: random.nextFraction() < 0.2 ? 0.35 : 0,
  }
}

function hall(random: Random): Omit<House, 'at'> {
  return {
    width: 60 + 25 * random.nextFraction(),
    depth: 34 + 16 * random.nextFraction(),
    floors: random.nextInt(2, 4),
    notch: 0,
  }
}

function footprintOf(plan: Plan, { at, width, depth, floors, notch }: House, number: number): Footprint {
  const [w, d] = [width / 2, depth / 2]
  const corners: Metres[] =
    notch === 0
      ? [
          [-w, -d],
          [w, -d],
          [w, d],
          [-w, d],
        ]
      : [
          [-w, -d],
          [w, -d],
          [w, d * (1 - 2 * notch)],
          [w * (1 - 2 * notch), d * (1 - 2 * notch)],
          [w * (1 - 2 * notch), d],
          [-w, d],
        ]
  const ring = corners.map(([east, north]) =>
    plan.plane.toLonLat(rotate([at[0] + east, at[1] + north], plan.turn)),
  )
  return {
    id: `s-${String(number).padStart(6, '0')}`,
    rings: [[...ring, ring[0]!]],
    base: 0,
    height: floors * FLOOR,
    heightFrom: 'assumed',
  }
}
