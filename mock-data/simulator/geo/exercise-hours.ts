import { fraction } from '../chance.ts'
import { cityParts, dayIndex, dayMs, dayStartMs, hourMs } from '../city-time.ts'
import { rainSum } from '../weather.ts'

/** A hazard of the demo city: when it begins and ends. */
export interface Spell {
  id: string
  exercise: boolean
  startMs: number
  endMs: number
}

/** On Thursdays the demo city practises, whatever the weather; the reference instant of the design pages is one. */
const practiceDay = 4

function spell(id: string, day: number, [from, to]: readonly [number, number], exercise: boolean): Spell {
  const start = dayStartMs(day)
  return { id: `${id}-${day}`, exercise, startMs: start + from * hourMs, endMs: start + to * hourMs }
}

function running(found: Spell | undefined, epochMs: number): Spell | undefined {
  return found && epochMs >= found.startMs && epochMs < found.endMs ? found : undefined
}

/** A leak is only ever an exercise: Thursdays 13:30–16:30, and on one day in five 9:00–11:00. */
export function leakAt(seed: string, epochMs: number): Spell | undefined {
  const day = dayIndex(epochMs)
  if (cityParts(epochMs).weekday === practiceDay)
    return running(spell('leak', day, [13.5, 16.5], true), epochMs)
  const held = fraction(seed, 'geo', 'leak', day) < 0.2
  return held ? running(spell('leak', day, [9, 11], true), epochMs) : undefined
}

/** A forest fire: Thursdays 12:00–18:00 as an exercise, else on some dry days of spring and autumn 11:00–20:00. */
export function fireAt(seed: string, epochMs: number): Spell | undefined {
  const day = dayIndex(epochMs)
  const { month, weekday } = cityParts(epochMs)
  if (weekday === practiceDay) return running(spell('fire', day, [12, 18], true), epochMs)
  const season = month === 3 || month === 4 || month === 5 || month === 9 || month === 10
  if (!season || fraction(seed, 'geo', 'fire', day) > 0.4) return undefined
  const dry = rainSum(seed, dayStartMs(day) + 9 * hourMs, dayMs / hourMs) < 1
  return dry ? running(spell('fire', day, [11, 20], false), epochMs) : undefined
}
