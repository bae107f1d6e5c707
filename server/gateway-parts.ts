import type { Observation } from '../src/domain/observation.ts'
import { AlarmWatch } from './alarm-watch.ts'
import type { City } from './city/load-city.ts'
import { CockpitCounter } from './cockpit-counter.ts'
import type { Gateway } from './gateway.ts'
import { packBookOf } from './packs/pack-book.ts'
import type { LogItem } from './stream/event-log.ts'

/** Something that works on what the gateway publishes. Every method is optional; one that throws is a bug of the part. */
export interface GatewayPart {
  /** Sources were started: at first, and again after each change of the city. */
  start?(): void
  stop?(): Promise<void> | void
  /** An item of the log was folded and handed to the screens; `newest` are those of its observations that now stand newest, compared. */
  published?(item: LogItem, newest: readonly Observation[]): void
  /** How a source does has changed. */
  healthChanged?(): void
  /** Before the sources of the next city are started. */
  cityChanged?(next: City): Promise<void> | void
  /** Resolves when what follows from everything published so far is written. */
  settled?(): Promise<void>
}

/** In the order they are started, told and stopped. */
export function gatewayParts(gateway: Gateway): readonly GatewayPart[] {
  return [packBookOf(gateway), new AlarmWatch(gateway), new CockpitCounter(gateway)]
}
