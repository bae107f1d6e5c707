import * as v from 'valibot'
import { OgcFeaturesSettingsSchema } from '../../src/adapters/wire/ogc-items.ts'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { City } from '../city/load-city.ts'
import { substitute } from './settings.ts'

type Asked = Pick<City, 'sources'> & { features: Pick<City['features'], 'sources'> }

/** @throws where a source of the city would not start with what its variables hold now; nothing is started */
export function checkSources(
  city: Asked,
  adapters: ReadonlyMap<string, IndicatorAdapter>,
  variables: Readonly<Record<string, string>>,
): void {
  const read = (id: string, schema: v.GenericSchema, settings: unknown) => {
    const { issues } = v.safeParse(schema, substitute(settings, variables))
    if (issues) throw new Error(`the source ${id} cannot be asked as it is set: ${v.summarize(issues)}`)
  }
  for (const { id, adapter, settings } of city.sources) {
    const known = adapters.get(adapter)
    if (!known) throw new Error(`source ${id} names an unknown adapter ${adapter}`)
    read(id, known.settings, settings)
  }
  for (const { id, settings } of city.features.sources) read(id, OgcFeaturesSettingsSchema, settings)
}
