import type { Statement } from '../../src/domain/feature-statement.ts'

/** Statements of instants that were looked at, the longest unused dropped first once they weigh more than `mostBytes` together. */
export class KeptStatements {
  private readonly mostBytes: number
  private readonly kept = new Map<string, Statement>()
  private bytes = 0

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes
  }

  get(key: string): Statement | undefined {
    const found = this.kept.get(key)
    if (!found) return undefined
    this.kept.delete(key)
    this.kept.set(key, found)
    return found
  }

  set(key: string, statement: Statement): void {
    this.drop(key)
    this.kept.set(key, statement)
    this.bytes += statement.bytes
    // The newest stays even where it alone is too heavy: it is on its way to whoever asked.
    while (this.bytes > this.mostBytes && this.kept.size > 1) this.drop(this.kept.keys().next().value!)
  }

  get size(): number {
    return this.kept.size
  }

  private drop(key: string): void {
    this.bytes -= this.kept.get(key)?.bytes ?? 0
    this.kept.delete(key)
  }
}
