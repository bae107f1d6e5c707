import { clamp, drift, fraction } from '../chance.ts'
import { hourMs } from '../city-time.ts'
import { rainRate } from '../weather.ts'
import type { Metres } from './plane.ts'

/** Rain travels from the west-south-west, frozen in its shape: unit vector and metres a second. */
const steering: Metres = [0.9403, 0.3403]
const travels = 7
/** The farthest corner of the city's rectangle lies nearer than this to the middle. */
const halfM = 200_000
const strideM = 2_000
const latticeM = 13_000
/** Within so far of the line through the middle of the town the rain is what the town's own gauge says. */
const gaugeM = 9_000

/**
 * Rain at a place as mm/h: what passes the town's gauge at another time, since the field is carried along, roughened by cells
 * that travel with it. At the middle itself it is the simulator's rate. Runs ahead of their time are off by a share that grows.
 */
export function rainField(seed: string, atMs: number, runMs: number): (place: Metres) => number {
  const rates = ratesAlong(seed, atMs, runMs)
  if (rates.every((rate) => rate === 0)) return () => 0
  const passedM = (atMs / 1000) * travels
  const cells = cellLattice(seed, passedM)
  return ([east, north]) => {
    const along = east * steering[0] + north * steering[1]
    const across = north * steering[0] - east * steering[1]
    const position = (along + halfM) / strideM
    const left = Math.floor(position)
    const [a, b] = [rates[left]!, rates[left + 1]!]
    const rate = a + (b - a) * (position - left)
    if (rate === 0) return 0
    const near = clamp(1 - Math.abs(across) / gaugeM, 0, 1)
    return rate * (near + (1 - near) * clamp(1 + 1.25 * cells(along - passedM, across), 0, 2.2))
  }
}

function ratesAlong(seed: string, atMs: number, runMs: number): number[] {
  return Array.from({ length: (2 * halfM) / strideM + 2 }, (_, index) => {
    const along = index * strideM - halfM
    // Whole minutes, so that neighbouring questions meet the same rates.
    const passesMs = Math.round((atMs - (along / travels) * 1000) / 60_000) * 60_000
    return rainRate(seed, passesMs) * runFactor(seed, passesMs, atMs, runMs)
  })
}

/** 1 for what is seen; a run misjudges what is to come by up to three fifths at three hours, never below nothing. */
function runFactor(seed: string, passesMs: number, atMs: number, runMs: number): number {
  if (atMs <= runMs) return 1
  const growing = clamp((atMs - runMs) / (3 * hourMs), 0, 1)
  return 1 + 0.6 * growing * drift(seed, passesMs / hourMs, 'geo', 'rain-run', runMs)
}

/** Smooth noise in (−1, 1) over the plane that travels with the rain; its lattice is drawn once for all places. */
function cellLattice(seed: string, passedM: number): (along: number, across: number) => number {
  const first = Math.floor((-halfM - passedM) / latticeM)
  const [columns, rows] = [Math.ceil((2 * halfM) / latticeM) + 3, Math.ceil((2 * halfM) / latticeM) + 3]
  const firstRow = Math.floor(-halfM / latticeM)
  const lattice = Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [first + (index % columns), firstRow + Math.floor(index / columns)]
    return fraction(seed, 'geo', 'rain-cell', column, row) * 2 - 1
  })
  const soft = (t: number) => t * t * (3 - 2 * t)
  return (along, across) => {
    const [x, y] = [along / latticeM - first, across / latticeM - firstRow]
    const [column, row] = [Math.floor(x), Math.floor(y)]
    const at = row * columns + column
    const [a, b, c, d] = [lattice[at]!, lattice[at + 1]!, lattice[at + columns]!, lattice[at + columns + 1]!]
    const [s, t] = [soft(x - column), soft(y - row)]
    return (a + (b - a) * s) * (1 - t) + (c + (d - c) * s) * t
  }
}
