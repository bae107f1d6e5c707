import type { City } from './city/load-city.ts'
import { type Ingest, noIngest } from './ingest/ingest.ts'
import { createTurns } from './store/turns.ts'

interface TurnParts {
  city(): City
  /** @throws where the sources of that city would not start; nothing is started */
  check(next: City): void
  /** Makes a city the one in force, with all that follows from it but its sources. */
  enforce(city: City): Promise<void>
  start(): Ingest
}

/** The sources of the city in force, started once and changed one city after another: two at once would poll everything twice. */
export class CityInTurn {
  private readonly parts: TurnParts
  private readonly turn = createTurns(1)
  private state: 'waiting' | 'started' | 'closed' = 'waiting'
  private sources: Ingest = noIngest

  constructor(parts: TurnParts) {
    this.parts = parts
  }

  get running(): Ingest {
    return this.sources
  }

  /** Once; of the city that is in force by then. */
  async start(): Promise<void> {
    await this.turn(async () => {
      if (this.state !== 'waiting') return
      this.sources = this.parts.start()
      this.state = 'started'
    })
  }

  /** Before the sources were started for the first time they stay so. @throws where the old city stays in force, with its sources */
  async change(next: City): Promise<void> {
    await this.turn(async () => {
      if (this.state === 'closed') return
      if (this.state === 'started') this.parts.check(next)
      const before = this.parts.city()
      await this.stopSources()
      try {
        await this.put(next)
      } catch (cause) {
        await this.put(before)
        throw cause
      }
    })
  }

  async close(): Promise<void> {
    await this.turn(async () => {
      this.state = 'closed'
      await this.stopSources()
    })
  }

  private async put(city: City): Promise<void> {
    await this.parts.enforce(city)
    if (this.state === 'started') this.sources = this.parts.start()
  }

  private async stopSources(): Promise<void> {
    await this.sources.stop()
    this.sources = noIngest
  }
}
