import { readdirSync } from 'node:fs'
import { adaptersById } from '../server/city/adapter-registry.ts'
import type { IndicatorAdapter } from '../src/contracts/indicator-adapter.ts'

const folder = new URL('../src/adapters/indicators/', import.meta.url)

/** The gateway's registry for scripts, which run from source and have no bundler to expand a glob. */
export async function adaptersInFolder(): Promise<ReadonlyMap<string, IndicatorAdapter>> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const found: Record<string, IndicatorAdapter> = {}
  for (const name of names) {
    const { default: adapter } = (await import(new URL(name, folder).href)) as { default: IndicatorAdapter }
    found[name] = adapter
  }
  return adaptersById(found)
}
