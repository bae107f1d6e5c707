import type { GlbView } from './glb.ts'
import { type Footprint, HeightFroms } from './footprint.ts'

export const Provenances = ['real', 'derived', 'synthetic'] as const
export type Provenance = (typeof Provenances)[number]

const SCHEMA = {
  id: 'citydeck',
  classes: {
    building: {
      properties: {
        id: { type: 'STRING', required: true },
        name: { type: 'STRING', required: true },
        height: { type: 'SCALAR', componentType: 'FLOAT32', required: true, description: 'metres' },
        heightFrom: { type: 'ENUM', enumType: 'heightFrom', required: true },
        provenance: { type: 'ENUM', enumType: 'provenance', required: true },
      },
    },
  },
  enums: {
    heightFrom: enumOf(HeightFroms),
    provenance: enumOf(Provenances),
  },
}

function enumOf(names: readonly string[]) {
  return { valueType: 'UINT8', values: names.map((name, value) => ({ name, value })) }
}

/**
 * What a picked building says of itself, as EXT_structural_metadata (3D Tiles 1.1, Metadata §Binary table format).
 * @param firstView index that the first of the returned buffer views will have
 */
export function propertyTable(footprints: readonly Footprint[], provenance: Provenance, firstView: number) {
  const ids = strings(footprints.map(({ id }) => id))
  const names = strings(footprints.map(({ name }) => name ?? ''))
  const views: GlbView[] = [
    ...ids,
    ...names,
    { bytes: new Uint8Array(Float32Array.from(footprints, ({ height }) => height).buffer) },
    { bytes: Uint8Array.from(footprints, ({ heightFrom }) => HeightFroms.indexOf(heightFrom)) },
    { bytes: new Uint8Array(footprints.length).fill(Provenances.indexOf(provenance)) },
  ]
  const text = (values: number) => ({
    values: firstView + values,
    stringOffsets: firstView + values + 1,
    stringOffsetType: 'UINT32',
  })
  return {
    views,
    count: footprints.length,
    extension: {
      schema: SCHEMA,
      propertyTables: [
        {
          class: 'building',
          count: footprints.length,
          properties: {
            id: text(0),
            name: text(2),
            height: { values: firstView + 4 },
            heightFrom: { values: firstView + 5 },
            provenance: { values: firstView + 6 },
          },
        },
      ],
    },
  }
}

function strings(values: readonly string[]): [GlbView, GlbView] {
  const texts = values.map((value) => Buffer.from(value))
  const offsets = new Uint32Array(values.length + 1)
  texts.forEach((text, index) => (offsets[index + 1] = offsets[index]! + text.length))
  // A buffer view must not be empty, and a table of nameless buildings has no byte of names.
  const bytes = offsets.at(-1) === 0 ? Buffer.alloc(1) : Buffer.concat(texts)
  return [{ bytes }, { bytes: new Uint8Array(offsets.buffer) }]
}
