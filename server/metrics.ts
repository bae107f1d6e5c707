import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client'

/** Counters of this gateway, in the text form that Prometheus reads at /metrics. */
export function createMetrics(read: { screens(): number; sequence(): number; sources(): { source: string; ok: boolean; observations: number; refused: number }[] }) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'citydeck_screens', help: 'Open streams', registers: [registry],
    collect() { this.set(read.screens()) },
  })
  new Gauge({
    name: 'citydeck_sequence', help: 'Last number of the global log', registers: [registry],
    collect() { this.set(read.sequence()) },
  })
  const perSource = (name: string, help: string, value: (source: { ok: boolean; observations: number; refused: number }) => number) =>
    new Gauge({
      name, help, labelNames: ['source'], registers: [registry],
      collect() {
        for (const source of read.sources()) this.set({ source: source.source }, value(source))
      },
    })
  perSource('citydeck_source_up', '1 while the last answer of the source was good', (source) => (source.ok ? 1 : 0))
  perSource('citydeck_source_observations', 'Observations stored since start', (source) => source.observations)
  perSource('citydeck_source_refused', 'Rows refused since start', (source) => source.refused)
  const commands = new Counter({ name: 'citydeck_commands_total', help: 'Commands answered, by outcome', labelNames: ['outcome'], registers: [registry] })
  return {
    commandAnswered: (outcome: 'done' | 'refused' | 'conflict') => commands.inc({ outcome }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
export type Metrics = ReturnType<typeof createMetrics>
