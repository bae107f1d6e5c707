import { clamp, drift } from '../chance.ts'
import { hourMs } from '../city-time.ts'
import { remembered } from '../remembered.ts'
import { rainRate } from '../weather.ts'
import type { Metres } from './plane.ts'
import { travellingNoise } from './travelling-noise.ts'

/** Rain travels from the west-south-west, frozen in its shape: unit vector and metres a second. */
const steering: Metres = [0.9403, 0.3403]
const travels = 7
/** The farthest corner of the city's rectangle lies nearer than this to the middle. */
const halfM = 200_000
const strideM = 2_000
const rateAt = remembered(20_000, rainRate)
/** Bent fronts, showers and what is ragged in them: metres between the corners of each noise. */
const layers = {
  bends: { key: 0, latticeM: 48_000 },
  cells: { key: 1, latticeM: 13_000 },
  flecks: { key: 2, latticeM: 5_200 },
}
/** Within so far of the line through the middle of the town the rain is what the town's own gauge says. */
const gaugeM = 9_000
/** A front away from the gauge lies before or behind its straight line by up to this much. */
const bendM = 26_000

/**
 * Rain at a place as mm/h: what passes the town's gauge at another time, since the field is carried along, roughened by cells
 * that travel with it. At the middle itself it is the simulator's rate. Runs ahead of their time are off by a share that grows.
 */
export function rainField(seed: string, atMs: number, runMs: number): (place: Metres) => number {
  const rates = ratesAlong(seed, atMs, runMs)
  if (rates.every((rate) => rate === 0)) return () => 0
  const passedM = (atMs / 1000) * travels
  const bends = travellingNoise(seed, layers.bends, passedM, halfM)
  const cells = travellingNoise(seed, layers.cells, passedM, halfM)
  const flecks = travellingNoise(seed, layers.flecks, passedM, halfM)
  return ([east, north]) => {
    const along = east * steering[0] + north * steering[1]
    const across = north * steering[0] - east * steering[1]
    const off = 1 - clamp(1 - Math.abs(across) / gaugeM, 0, 1)
    // No front is straight: away from the gauge it hurries or lags.
    const bent = clamp(along + off * bendM * bends(along, across), -halfM, halfM)
    const position = (bent + halfM) / strideM
    const left = Math.floor(position)
    const [a, b] = [rates[left]!, rates[left + 1]!]
    const rate = a + (b - a) * (position - left)
    if (rate === 0) return 0
    const rough = 2.2 * cells(along, across) + 0.9 * flecks(along, across)
    return rate * (1 - off + off * clamp(0.9 + rough, 0, 2.6))
  }
}

function ratesAlong(seed: string, atMs: number, runMs: number): number[] {
  return Array.from({ length: (2 * halfM) / strideM + 2 }, (_, index) => {
    const along = index * strideM - halfM
    // Whole minutes, so that neighbouring questions meet the same rates.
    const passesMs = Math.round((atMs - (along / travels) * 1000) / 60_000) * 60_000
    return rateAt(seed, passesMs) * runFactor(seed, passesMs, atMs, runMs)
  })
}

/** 1 for what is seen; a run misjudges what is to come by up to three fifths at three hours, never below nothing. */
function runFactor(seed: string, passesMs: number, atMs: number, runMs: number): number {
  if (atMs <= runMs) return 1
  const growing = clamp((atMs - runMs) / (3 * hourMs), 0, 1)
  return 1 + 0.6 * growing * drift(seed, passesMs / hourMs, 'geo', 'rain-run', runMs)
}
