import { createHash } from 'node:crypto'
import type { WarningWord } from '../../contracts/delivery.ts'
import type { Refusal } from '../../domain/reading.ts'
import { toInstant } from '../../domain/instant.ts'
import type { Warning } from '../../domain/warning.ts'
import type { CapAlert, CapContent, Level } from './cap-alert.ts'
import { type Place, covers } from './cap-area.ts'

/** How the areas of a feed become regions of the city. */
export interface Placing {
  /** Its code: 220100. A code of its province stands for all of it, one below it for itself, any other is elsewhere. */
  city: string
  /** valueName of geocodes that are GB/T 2260 codes. */
  geocodes: readonly string[]
  /** By areaDesc, or by the value of any geocode. */
  areas: Readonly<Record<string, string>>
  /** A place of each region, for areas that have an outline only. */
  places: Readonly<Record<string, Place>>
}

export interface Standing {
  words: WarningWord[]
  inForce: { warning: Warning; level: Level; eventCodes: CapContent['eventCodes'] }[]
  refusals: Refusal[]
}

/**
 * What stands now of all messages of a feed: the newest word on each. Only status Actual speaks of the real world: an exercise
 * or a test neither becomes a warning nor ends one. What was updated or cancelled, here or in `ended` before, is over.
 */
export function standingOf(
  alerts: readonly CapAlert[],
  placing: Placing,
  world: { now: number; lastingMs: number; ended: Set<string> },
): Standing {
  const standing: Standing = { words: [], inForce: [], refusals: [] }
  const known = new Map(alerts.map((alert) => [alert.key, alert]))
  const sorted = [...known.values()].toSorted((a, b) => Date.parse(a.sent) - Date.parse(b.sent))
  const actual = sorted.filter(({ status }) => status === 'Actual')
  for (const { key, type, references, content } of actual) {
    if (type === 'Update' || type === 'Cancel') for (const reference of references) world.ended.add(reference)
    if (type !== 'Cancel' && content?.allClear) world.ended.add(key)
  }
  for (const { identifier, sender, status, faults } of sorted) {
    const row = `${sender} ${identifier}`
    if (status !== 'Actual')
      standing.refusals.push({ row, reason: `status ${status}: no warning of the real world` })
    for (const reason of faults) standing.refusals.push({ row, reason })
  }
  for (const key of world.ended) standing.words.push({ cancel: warningId(key) })
  for (const alert of actual) {
    if (world.ended.has(alert.key) || (alert.type !== 'Alert' && alert.type !== 'Update')) continue
    const made = warningOf(alert, placing, world.lastingMs)
    if (made === 'elsewhere') continue
    if ('fault' in made)
      standing.refusals.push({ row: `${alert.sender} ${alert.identifier}`, reason: made.fault })
    else if (Date.parse(made.warning.expiresAt) > world.now) {
      standing.words.push({ record: made.warning })
      standing.inForce.push(made)
    }
  }
  return standing
}

function warningOf(
  { key, sent, sender, content }: CapAlert,
  placing: Placing,
  lastingMs: number,
): Standing['inForce'][number] | 'elsewhere' | { fault: string } {
  if (!content || content.event === '') return { fault: 'no info with an event' }
  if (content.level === undefined) return { fault: 'neither severity nor ColorCode tells its level' }
  const regions = regionsOf(content, placing)
  if (!Array.isArray(regions)) return regions
  if (regions.length === 0) return 'elsewhere'
  const { event, level, eventCodes } = content
  const warning: Warning = {
    id: warningId(key),
    event: event.slice(0, 20),
    level,
    issuer: (content.issuer ?? sender).slice(0, 40),
    sentAt: sent,
    expiresAt: content.expires ?? toInstant(Date.parse(sent) + lastingMs),
    regions,
    headline: (content.headline ?? event).slice(0, 200),
    provenance: 'real',
  }
  return { warning, level, eventCodes }
}

/** Regions of the city it speaks of; none where it speaks of elsewhere; a fault where nobody can tell. */
function regionsOf({ areas }: CapContent, placing: Placing): string[] | { fault: string } {
  const regions = new Set<string>()
  let told = false
  for (const area of areas) {
    const named = [area.description, ...area.geocodes.map(({ value }) => value)]
    const mapped = named.flatMap((name) => placing.areas[name] ?? [])
    const coded = area.geocodes
      .filter(({ name }) => placing.geocodes.includes(name))
      .map(({ value }) => codeWithin(value, placing.city))
    const outlined = area.polygons.length + area.circles.length > 0 && Object.keys(placing.places).length > 0
    told ||= mapped.length + coded.length > 0 || outlined
    for (const code of [...mapped, ...coded]) if (code !== undefined) regions.add(code)
    // An outline is asked only where no code tells: both say the same, the code without rounding.
    if (mapped.length + coded.length === 0)
      for (const [code, place] of Object.entries(placing.places)) if (covers(area, place)) regions.add(code)
  }
  if (!told)
    return { fault: 'none of its areas has a code, a name or an outline that the settings can place' }
  return [...regions].toSorted()
}

/** 220102000000 is 220102; 220000 holds all of 220100. */
function codeWithin(value: string, city: string): string | undefined {
  const digits = /^(\d{6})(\d{3})?(\d{3})?$/.exec(value)
  if (!digits) return undefined
  const [, county = '', town = '000', community = '000'] = digits
  const code = community !== '000' ? value : town !== '000' ? county + town : county
  const stem = (whole: string) => whole.replace(/(00)+$/, '')
  if (stem(city).startsWith(stem(county))) return city
  return code.startsWith(stem(city)) ? code : undefined
}

/** The journal knows a warning by at most 120 characters. */
export function warningId(key: string): string {
  return key.length <= 120 ? key : createHash('sha256').update(key).digest('hex')
}
