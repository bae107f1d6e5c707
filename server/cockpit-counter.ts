import { attention } from '../src/domain/attention.ts'
import { type CockpitCode, cockpitCodes, cockpitCounts } from '../src/domain/cockpit-counts.ts'
import { toInstant } from '../src/domain/instant.ts'
import { judgedOf } from '../src/domain/judged.ts'
import type { Lineage } from '../src/domain/observation.ts'
import { localText } from '../src/domain/text.ts'
import type { Gateway } from './gateway.ts'
import type { NewObservation } from './store/store.ts'

/**
 * Keeps GOV.COCKPIT.* as observations like any other figure: counted from the one fold when it changes and each second,
 * because deadlines pass by themselves; stored only when a count changes, so that every past count can be read again.
 */
export function createCockpitCounter(gateway: Gateway) {
  let timer: NodeJS.Timeout | undefined
  let working = false
  let dirty = false
  /** What was stored last: the log hands it back a moment later, and must not be counted as a change meanwhile. */
  const sent = new Map<string, number>()

  function count(): Record<CockpitCode, number> {
    const city = gateway.city()
    const indicators = new Map(city.indicators.map((indicator) => [indicator.code, indicator]))
    const situation = gateway.book.now()
    const nowMs = gateway.clock.now()
    const names = new Map(city.regions.map((region) => [region.code, region.name]))
    const departments = new Map(city.city.departments.map((department) => [department.id, department.name]))
    const items = attention(city.attention, {
      nowMs,
      zone: city.city.timeZone,
      judged: judgedOf(gateway.latest.all(), { root: city.city.root, indicator: (code) => indicators.get(code), once: (source) => gateway.onceSources().has(source) }),
      alarms: [...situation.alarms.values()],
      incidents: [...situation.incidents.values()],
      warnings: [...situation.warnings.values()],
      indicator: (code) => indicators.get(code),
      regionName: (code, language) => nameIn(names, code, language),
      departmentName: (id, language) => nameIn(departments, id, language),
    })
    return cockpitCounts(situation, { nowMs, sources: gateway.ingest().health(), attentionCount: items.length })
  }

  async function store(): Promise<void> {
    const city = gateway.city()
    const known = new Map(city.indicators.map((indicator) => [indicator.code, indicator]))
    const at = toInstant(gateway.clock.now())
    const lineage = lineageOf(at)
    // Counts rest on what the sources and the simulator reported; one invented input makes them invented.
    const provenance = city.sources.some((source) => source.provenance === 'synthetic') ? 'synthetic' : 'derived'
    const observations: NewObservation[] = Object.entries(count())
      .filter(([code, value]) => known.has(code) && (sent.get(code) ?? gateway.latest.get(code, city.city.root)?.value) !== value)
      .map(([indicator, value]) => ({
        indicator, region: city.city.root, dims: {}, period: { start: at, end: at, label: at }, value, unit: known.get(indicator)!.unit, status: 'A',
        flags: [], provenance, source: 'situation', resultTime: at, receivedAt: at, lineage: lineage.id, comparisons: [],
      }))
    if (observations.length === 0) return
    await gateway.storage.lane.run(async (sequence) => {
      const { stored } = await gateway.storage.store.append({ sequence, observations, lineages: [lineage] })
      return { used: stored.length > 0 ? 1 : 0, result: undefined }
    })
    for (const { indicator, value } of observations) if (value !== null) sent.set(indicator, value)
  }

  async function work(): Promise<void> {
    if (working) return
    working = true
    try {
      while (dirty) {
        dirty = false
        await store()
      }
    } catch (cause) {
      gateway.log.warn('the cockpit counts could not be stored; tried again in a second', { reason: String(cause) })
    } finally {
      working = false
    }
  }
  const changed = () => {
    if (!timer) return
    dirty = true
    // Many changes arrive in one turn of the loop and are counted once.
    setImmediate(() => void work())
  }
  return {
    changed,
    start() {
      clearInterval(timer)
      timer = setInterval(changed, 1_000)
      changed()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}

function nameIn(names: ReadonlyMap<string, { zh: string; en?: string | undefined }>, key: string, language: 'zh' | 'en'): string {
  const name = names.get(key)
  return name ? localText(name, language) : key
}

function lineageOf(at: string): Lineage {
  return {
    id: `situation-${cockpitCodes.length}`, adapter: 'situation', adapterVersion: '1', source: 'situation', request: 'the folded journal of this gateway', fetchedAt: at,
    rawSha256: '', steps: [{ step: 'count', detail: 'src/domain/cockpit-counts.ts over the folded journal' }],
  }
}
