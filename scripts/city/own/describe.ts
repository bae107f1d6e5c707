import type { Shown } from '../../../src/domain/basemap.ts'
import type { Described } from '../layer-entry.ts'
import type { DeclaredLayer } from './layers-file.ts'
import type { Account } from './read-layer.ts'

/** layers.yaml names files, the manifest what they are drawn as. */
const SHOWN = {
  boundaries: 'boundaries',
  towns: 'towns',
  communities: 'communities',
  water: 'water',
  green: 'green',
  roads: 'road',
  rail: 'rail',
  buildings: 'buildings',
  terrain: 'terrain',
  '3dtiles': 'model',
} as const satisfies Record<DeclaredLayer['kind'], Shown>

/** What the manifest says of a layer that a city brought: its own words, and what happened to its features. */
export function describeOwn(
  layer: DeclaredLayer,
  account: Account,
  built: Pick<Described, 'kind' | 'file' | 'features'> & { steps: string[] },
): Described {
  const { repaired, refused, sensitive, coded } = account
  return {
    id: layer.id,
    shows: SHOWN[layer.kind],
    ...built,
    provenance: layer.provenance ?? 'real',
    source: { title: layer.source },
    credit: layer.credit ?? layer.source,
    license: layer.license,
    crs: layer.crs.name,
    asOf: layer.asOf,
    mapUse: layer.mapUse,
    mapApproval: layer.mapApproval,
    sensitiveDropped: sensitive,
    repaired: repaired.map(({ id }) => id),
    refused,
    steps: [
      `read ${account.read} features of ${layer.file}`,
      ...(layer.crs.name === 'EPSG:4490'
        ? []
        : [`converted from ${layer.crs.name} to longitude and latitude`]),
      ...built.steps,
      ...(repaired.length > 0 ? [`repaired ${repaired.length}, all in report.json`] : []),
      ...(refused.length > 0
        ? [`left out ${refused.length} that could not be repaired, all in report.json`]
        : []),
      ...(sensitive > 0 ? [`left out ${sensitive} of kinds that public maps may not show`] : []),
      ...(coded > 0
        ? [`${coded} have a class in codes, which was not checked: name the sensitive ones (sensitive:)`]
        : []),
    ],
  }
}
