import { fraction, whole } from '../chance.ts'
import { cityParts, hourMs, minuteMs } from '../city-time.ts'
import { incidentsOpenAt } from '../incidents.ts'
import { remembered } from '../remembered.ts'
import { endMs, journey, type Journey } from './journey.ts'
import { away, distance, toMetres, type Metres } from './plane.ts'
import { driveFrom } from './drives.ts'
import { townReach } from './river-reach.ts'
import { streetNetwork } from './street-network.ts'
import { nearestNode } from './street-places.ts'

/** One outing of an asset: from `onTaskMs` it does its work, from `returningMs` it goes home. */
export interface Sortie {
  way: Journey
  onTaskMs: number
  returningMs: number
  mission: string
}

const flightSlotMs = hourMs
const circleM = 420
const corners = 12

function crossingNear(place: Metres): Metres {
  return streetNetwork().nodes[nearestNode(place)]!
}

export function droneBase(index: number): Metres {
  return crossingNear([((index % 3) - 1) * 4_200, Math.floor(index / 3) * 5_000 - 2_500])
}

function lookedAt(seed: string, base: Metres, slotStartMs: number): { spot: Metres; mission: string } {
  const [nearest] = incidentsOpenAt(seed, slotStartMs)
    .flatMap(({ report: { place } }) => (place ? [toMetres([place.longitude, place.latitude])] : []))
    .map((spot) => ({ spot, far: distance(base, spot) }))
    .sort((a, b) => a.far - b.far)
  if (nearest && nearest.far < 5_000) return { spot: nearest.spot, mission: '事件现场航拍' }
  const [first] = townReach()
    .line.map((spot) => ({ spot, far: distance(base, spot) }))
    .sort((a, b) => a.far - b.far)
  return { spot: first!.spot, mission: '河道巡检' }
}

/** One flight an hour by day, the drones one after the other: out, three circles, home; none lasts longer than 26 minutes. */
export function droneSortie(seed: string, index: number, epochMs: number): Sortie | undefined {
  const slot = Math.floor(epochMs / flightSlotMs)
  const { hour } = cityParts(slot * flightSlotMs)
  if (hour < 6 || hour > 21 || fraction(seed, 'geo', 'flight', index, slot) > 0.8) return undefined
  const base = droneBase(index)
  const { spot, mission } = lookedAt(seed, base, slot * flightSlotMs)
  const circle = Array.from({ length: 3 * corners + 1 }, (_, corner) =>
    away(spot, (corner * 360) / corners, circleM),
  )
  const departMs =
    slot * flightSlotMs +
    index * 6 * minuteMs +
    whole(seed, 0, 180, 'geo', 'flight', index, slot, 'depart') * 1000
  const way = journey([base, ...circle, base], departMs, 12)
  return { way, onTaskMs: way.timesMs[1]!, returningMs: way.timesMs[circle.length]!, mission }
}

/** Boats sail the part of the reach that they can go down and up again in time. */
function sailed(): readonly Metres[] {
  return townReach().line.filter((corner) => distance(corner, [0, 0]) < 5_500)
}

export function boatHome(index: number): Metres {
  return index % 2 === 0 ? sailed()[0]! : sailed().at(-1)!
}

const patrolSlotMs = 3 * hourMs

/** Boats go down the reach and back, three hours apart; from November to March the water is frozen. */
export function boatSortie(seed: string, index: number, epochMs: number): Sortie | undefined {
  const slot = Math.floor(epochMs / patrolSlotMs)
  const { month, hour } = cityParts(slot * patrolSlotMs)
  if (month >= 11 || month <= 3 || hour < 5 || hour > 20) return undefined
  const departMs = slot * patrolSlotMs + index * 4 * minuteMs
  const down = index % 2 === 0 ? sailed() : sailed().toReversed()
  const speed = 3.6 + 0.4 * fraction(seed, 'geo', 'boat', index, slot)
  const way = journey([...down, ...down.toReversed().slice(1)], departMs, speed)
  return { way, onTaskMs: departMs, returningMs: way.timesMs[down.length - 1]!, mission: '河道巡查' }
}

const roundSlotMs = hourMs
/** From the yard to where a round turns back, metres as the crow flies. */
const roundM = [4_000, 8_000] as const

export function vehicleHome(index: number): Metres {
  return crossingNear([(index - 2.5) * 1_500, (index % 2) * 3_000 - 1_500])
}

const fleet = 6
const roundOf = remembered(256, (seed, key): Sortie | undefined => {
  const [slot, index] = [Math.floor(key / fleet), key % fleet]
  if (fraction(seed, 'geo', 'round', index, slot) > 0.85) return undefined
  const { points: out } = driveFrom(seed, vehicleHome(index), roundM, 'geo', 'round', index, slot)
  if (out.length < 2) return undefined
  const late = index * 2 * minuteMs + whole(seed, 0, 180, 'geo', 'round', index, slot, 'depart') * 1000
  const way = journey([...out, ...out.toReversed().slice(1)], slot * roundSlotMs + late, 11)
  const mission = index % 2 === 0 ? '道路巡查' : '排水巡查'
  return { way, onTaskMs: way.timesMs[1]!, returningMs: way.timesMs[out.length - 1]!, mission }
})

/** Hourly rounds along the streets from the yard and back, the vehicles one after the other. */
export function vehicleSortie(seed: string, index: number, epochMs: number): Sortie | undefined {
  return roundOf(seed, Math.floor(epochMs / roundSlotMs) * fleet + index)
}

export function isOut(sortie: Sortie | undefined, epochMs: number): sortie is Sortie {
  return sortie !== undefined && epochMs >= sortie.way.timesMs[0]! && epochMs < endMs(sortie.way)
}
