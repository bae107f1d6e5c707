import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import type { SourceHealth } from '../src/domain/source.ts'

interface Read {
  screens(): number
  sequence(): number
  sources(): SourceHealth[]
}

/** Counters of this gateway, in the text form that Prometheus reads at /metrics. */
export class Metrics {
  private readonly registry = new Registry()
  private readonly commands = new Counter({
    name: 'citydeck_commands_total',
    help: 'Commands answered, by outcome',
    labelNames: ['outcome'],
    registers: [],
  })

  constructor(read: Read) {
    collectDefaultMetrics({ register: this.registry })
    this.registry.registerMetric(this.commands)
    this.gauge('citydeck_screens', 'Open streams', read.screens)
    this.gauge('citydeck_sequence', 'Last number of the global log', read.sequence)
    const perSource = (name: string, help: string, value: (source: SourceHealth) => number) =>
      this.gaugePerSource(name, help, read.sources, value)
    perSource('citydeck_source_up', '1 while the last answer of the source was good', ({ state }) =>
      state === 'ok' ? 1 : 0,
    )
    perSource(
      'citydeck_source_observations',
      'Observations stored since start',
      (source) => source.observations,
    )
    perSource('citydeck_source_refused', 'Rows refused since start', ({ refused }) => refused)
  }

  commandAnswered(outcome: 'done' | 'refused' | 'conflict'): void {
    this.commands.inc({ outcome })
  }

  text(): Promise<string> {
    return this.registry.metrics()
  }

  get contentType(): string {
    return this.registry.contentType
  }

  private gauge(name: string, help: string, value: () => number): void {
    const collect = function (this: Gauge) {
      this.set(value())
    }
    this.registry.registerMetric(new Gauge({ name, help, registers: [], collect }))
  }

  private gaugePerSource(
    name: string,
    help: string,
    sources: () => SourceHealth[],
    value: (source: SourceHealth) => number,
  ): void {
    const collect = function (this: Gauge<'source'>) {
      for (const health of sources()) this.set({ source: health.source }, value(health))
    }
    this.registry.registerMetric(new Gauge({ name, help, labelNames: ['source'], registers: [], collect }))
  }
}
