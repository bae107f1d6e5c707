import * as v from 'valibot'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { QuarantinedError } from '../ingest/quarantined-error.ts'

export type Adapters = ReadonlyMap<string, IndicatorAdapter>

const reasons = new WeakMap<IndicatorAdapter, string>()
const files = new WeakMap<IndicatorAdapter, string>()

/** Why this adapter is kept from running; undefined for a sound one. */
export const quarantineOf = (adapter: IndicatorAdapter): string | undefined => reasons.get(adapter)

/** Address of the file of an adapter that is none of ours. */
export const fileOf = (adapter: IndicatorAdapter): string | undefined => files.get(adapter)

export function cameFrom(adapter: IndicatorAdapter, address: string): IndicatorAdapter {
  files.set(adapter, address)
  return adapter
}

/** Stands in for an adapter that cannot be used: every source of it loads, and says why it is not read. */
export function quarantined(reason: string): IndicatorAdapter {
  const refuse = (): never => {
    throw new QuarantinedError(reason)
  }
  const adapter: IndicatorAdapter = {
    version: 'quarantined',
    settings: v.unknown(),
    mapping: v.unknown(),
    probe: async () => ({ reachable: false, detail: reason, clockSkewMs: null }),
    read: refuse,
  }
  reasons.set(adapter, reason)
  return adapter
}

/** Plugins by the name of their file. Throws when two files would answer to one name. */
export function adaptersById<A>(found: Readonly<Record<string, A>>): ReadonlyMap<string, A> {
  const byId = new Map<string, A>()
  for (const [path, adapter] of Object.entries(found)) {
    const id = adapterId(path)
    if (byId.has(id)) throw new Error(`two indicator adapters are called ${id}, one of them ${path}`)
    byId.set(id, adapter)
  }
  return byId
}

export const adapterId = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/\.(ts|m?js)$/, '')

/** Loads each file by itself: one that fails, or defines no adapter, is quarantined by its name and costs no other anything. */
export async function loadedAdapters(
  found: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<Adapters> {
  const loaded = await Promise.all(
    Object.entries(found).map(async ([path, load]) => [path, await soundOf(path, load)] as const),
  )
  return adaptersById(Object.fromEntries(loaded))
}

export async function soundOf(path: string, load: () => Promise<unknown>): Promise<IndicatorAdapter> {
  const name = adapterId(path)
  try {
    const adapter = await load()
    const fault = faultOf(adapter)
    return fault === undefined
      ? (adapter as IndicatorAdapter)
      : quarantined(`adapter ${name} is broken: ${fault}`)
  } catch (cause) {
    return quarantined(`adapter ${name} does not load: ${firstLine(cause)}`)
  }
}

/** What keeps a module's default export from being an adapter. */
function faultOf(adapter: unknown): string | undefined {
  if (typeof adapter !== 'object' || adapter === null) return 'its default export is no adapter'
  const parts = adapter as Record<string, unknown>
  if (typeof parts['version'] !== 'string') return 'version is no text'
  for (const name of ['settings', 'mapping'])
    if (typeof (parts[name] as { '~run'?: unknown } | undefined)?.['~run'] !== 'function')
      return `${name} is no valibot schema`
  for (const name of ['probe', 'read']) if (typeof parts[name] !== 'function') return `${name} is no function`
  for (const name of ['follow', 'follows'])
    if (parts[name] !== undefined && typeof parts[name] !== 'function') return `${name} is no function`
  return undefined
}

export function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return text.split('\n', 1)[0]!.slice(0, 300)
}
