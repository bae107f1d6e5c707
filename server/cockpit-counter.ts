import { attention } from '../src/domain/attention.ts'
import { cockpitCounts } from '../src/domain/cockpit-counts.ts'
import type { Indicator } from '../src/domain/indicator.ts'
import { toInstant } from '../src/domain/instant.ts'
import { judgedOf } from '../src/domain/judged.ts'
import type { Lineage } from '../src/domain/observation.ts'
import { type LocalText, localText } from '../src/domain/text.ts'
import type { Gateway } from './gateway.ts'
import type { GatewayPart } from './gateway-parts.ts'
import type { NewObservation } from './store/store.ts'

/**
 * Keeps GOV.COCKPIT.* as observations like any other figure: counted from the one fold when it changes and each second,
 * because deadlines pass by themselves; stored only when a count changes, so that every past count can be read again.
 */
export class CockpitCounter implements GatewayPart {
  private readonly gateway: Gateway
  private timer: NodeJS.Timeout | undefined
  private working = false
  private dirty = false
  /** What was stored last: the log hands it back a moment later, and must not be counted as a change meanwhile. */
  private readonly sent = new Map<string, number>()

  constructor(gateway: Gateway) {
    this.gateway = gateway
  }

  start(): void {
    clearInterval(this.timer)
    this.timer = setInterval(() => this.changed(), 1_000)
    this.changed()
  }

  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  published(): void {
    this.changed()
  }

  healthChanged(): void {
    this.changed()
  }

  private changed(): void {
    if (!this.timer) return
    this.dirty = true
    // Many changes arrive in one turn of the loop and are counted once.
    setImmediate(() => void this.work())
  }

  private async work(): Promise<void> {
    if (this.working) return
    this.working = true
    try {
      while (this.dirty) {
        this.dirty = false
        await this.store()
      }
    } catch (cause) {
      this.gateway.log.warn('the cockpit counts could not be stored; tried again in a second', {
        reason: String(cause),
      })
    } finally {
      this.working = false
    }
  }

  private async store(): Promise<void> {
    const { storage, latest, clock } = this.gateway
    const { indicators, city } = this.gateway.city()
    const known = new Map(indicators.map((indicator) => [indicator.code, indicator]))
    const at = toInstant(clock.now())
    const changed = Object.entries(this.count(known)).filter(
      ([code, value]) =>
        known.has(code) && (this.sent.get(code) ?? latest.get(code, city.root)?.value) !== value,
    )
    if (changed.length === 0) return
    const observations = changed.map(([code, value]) => this.observation(known.get(code)!, value, at))
    await storage.lane.run(async (sequence) => {
      const { stored } = await storage.store.append({ sequence, observations, lineages: [lineage(at)] })
      return { used: stored.length > 0 ? 1 : 0, result: undefined }
    })
    for (const [code, value] of changed) this.sent.set(code, value)
  }

  private count(indicators: ReadonlyMap<string, Indicator>): Record<string, number> {
    const { regions, city, attention: rules } = this.gateway.city()
    const situation = this.gateway.book.now()
    const nowMs = this.gateway.clock.now()
    const once = this.gateway.onceSources()
    const regionNames = new Map(regions.map(({ code, name }) => [code, name]))
    const departments = new Map(city.departments.map(({ id, name }) => [id, name]))
    const find = (code: string) => indicators.get(code)
    const items = attention(rules, {
      nowMs,
      zone: city.timeZone,
      judged: judgedOf(this.gateway.latest.all(), {
        root: city.root,
        indicator: find,
        once: (source) => once.has(source),
      }),
      alarms: [...situation.alarms.values()],
      incidents: [...situation.incidents.values()],
      warnings: [...situation.warnings.values()],
      indicator: find,
      regionName: (code, language) => nameIn(regionNames, code, language),
      departmentName: (id, language) => nameIn(departments, id, language),
    })
    return cockpitCounts(situation, {
      nowMs,
      sources: this.gateway.ingest().health(),
      attentionCount: items.length,
    })
  }

  private observation(indicator: Indicator, value: number, at: string): NewObservation {
    const { city, sources } = this.gateway.city()
    return {
      indicator: indicator.code,
      region: city.root,
      dims: {},
      period: { start: at, end: at, label: at },
      value,
      unit: indicator.unit,
      status: 'A',
      flags: [],
      // Counts rest on what the sources and the simulator reported; one invented input makes them invented.
      provenance: sources.some((source) => source.provenance === 'synthetic') ? 'synthetic' : 'derived',
      source: 'situation',
      resultTime: at,
      receivedAt: at,
      lineage: lineageId,
      comparisons: [],
    }
  }
}

const lineageId = 'situation-1'

function lineage(at: string): Lineage {
  return {
    id: lineageId,
    adapter: 'situation',
    adapterVersion: '1',
    source: 'situation',
    request: 'the folded journal of this gateway',
    fetchedAt: at,
    rawSha256: '',
    steps: [{ step: 'count', detail: 'src/domain/cockpit-counts.ts over the folded journal' }],
  }
}

function nameIn(names: ReadonlyMap<string, LocalText>, key: string, language: 'zh' | 'en'): string {
  const name = names.get(key)
  return name ? localText(name, language) : key
}
