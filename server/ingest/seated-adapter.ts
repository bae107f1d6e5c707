import * as v from 'valibot'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { Source } from '../../src/domain/source.ts'
import { fileOf, firstLine, quarantineOf, quarantined } from '../city/adapter-registry.ts'
import { secretsIn } from './secrets-in.ts'
import { substitute } from './settings.ts'
import type { World } from './source-io.ts'
import { SourceThread } from './source-thread.ts'

/** An adapter where it runs for one source: here, or in a thread of its own. */
export interface Seated {
  adapter: IndicatorAdapter
  settings: unknown
  thread?: SourceThread
}

interface Place {
  world: World
  variables: Readonly<Record<string, string>>
  skew(clockSkewMs: number): void
  died(reason: string): void
}

/** Another's code always runs in a thread of its own, ours where the source says so. */
export function seated(source: Source, adapter: IndicatorAdapter, place: Place): Seated {
  if (quarantineOf(adapter) !== undefined) return { adapter, settings: undefined }
  const raw = substitute(source.settings, place.variables)
  const file = fileOf(adapter)
  try {
    const settings = v.parse(adapter.settings, raw)
    if (file === undefined && source.isolate !== true) return { adapter, settings }
    const { root, timeZone, now, secret } = place.world
    const seat = {
      adapter: file === undefined ? { id: source.adapter } : { file },
      source: {
        settings: raw,
        secrets: secretsIn(raw, secret),
        root,
        timeZone,
        clockOffsetMs: now() - Date.now(),
      },
    }
    const thread = new SourceThread(source.adapter, seat, { skew: place.skew, died: place.died })
    const follows = adapter.follow !== undefined && (adapter.follows?.(settings) ?? true)
    return { adapter: thread.adapter({ version: adapter.version, follows }), settings: raw, thread }
  } catch (cause) {
    // The loader has checked ours; another's check may answer differently the second time.
    return { adapter: quarantined(`adapter ${source.adapter} is broken: ${firstLine(cause)}`), settings: raw }
  }
}
