import type { Tally } from '../../src/contracts/io.ts'
import type { SourceHealth } from '../../src/domain/source.ts'

type Counts = Required<Pick<SourceHealth, 'dropped' | 'merged' | 'duplicates'>>

/** What a source's adapter counted since start; nothing is said of what it never counted. */
export class TallyBook {
  private readonly counted: Partial<Counts> = {}

  add({ dropped, merged, duplicate }: Tally): void {
    this.count('dropped', dropped)
    this.count('merged', merged)
    this.count('duplicates', duplicate)
  }

  counts(): Partial<Counts> {
    return { ...this.counted }
  }

  private count(name: keyof Counts, more: number | undefined): void {
    if (more !== undefined) this.counted[name] = (this.counted[name] ?? 0) + more
  }
}
