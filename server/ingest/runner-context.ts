import type { Page, WarningWord } from '../../src/contracts/delivery.ts'
import type { Io } from '../../src/contracts/io.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { SourceHealth } from '../../src/domain/source.ts'
import type { Log } from '../log.ts'

/** One indicator on one source. */
export interface Feed {
  key: string
  indicator: Indicator
  mapping: unknown
  pollMs: number
}

/** What is to become durable at once. */
export interface Taking {
  pages: readonly { feed: Feed; page: Pick<Page, 'readings' | 'refusals'> }[]
  /** Recorded before the rest: a cursor never passes a warning by. */
  warnings?: readonly WarningWord[]
  cursor?: { key: string; value: string }
  /** It came by itself and waits for its acknowledgement. */
  pushed?: boolean
}

/** What a source's runner needs of the gateway. */
export interface RunnerContext {
  now(): number
  random(): number
  log: Log
  io(signal: AbortSignal): Io
  cursor(key: string): Promise<string | undefined>
  /** Durable when it resolves, with the cursor in the same transaction; answers how many rows were refused. */
  take(taking: Taking): Promise<number>
  /** What was counted and measured since start. */
  measured(): Pick<SourceHealth, 'clockSkewMs' | 'deaths' | 'dropped' | 'merged' | 'duplicates' | 'lagMs'>
  /** Readings given up, told with a delivery. */
  dropped(count: number): void
  /** Observations of this source stored since start. */
  stored(): number
  historyDone(feed: Feed): Promise<void>
  changed(): void
}
