import { parseArgs } from 'node:util'

export const HELP = `Builds the base map of a city: outlines, water, green, roads, rail, buildings as 3D Tiles, terrain, manifest.json.

  npm run city -- --adcode 220100 [--buildings 3000] [--seed 7] [--without terrain,buildings] [--out DIR]
      County outlines and names come from public packages. Towns, roads, water and buildings are sketched from the
      seed and marked 示意.

  npm run city -- --in ./my-data [--out DIR]
      From a city's own files: GeoJSON, Shapefile, OSM .pbf, heights as GeoTIFF or ASCII grid, 3D Tiles. A GeoPackage
      is exported to GeoJSON first (ogr2ogr). layers.yaml in that folder says what each file is:

        name: 某某市
        adcode: '640100'          # county outlines are taken from the public packages when no file brings boundaries
        center: [106.27, 38.47]   # else the middle of the outlines
        mapUse: internal          # public | internal | demo
        mapApproval: null         # 审图号, as granted
        layers:
          - kind: buildings       # boundaries towns communities water green roads rail
                                  # buildings terrain 3dtiles
            file: buildings.shp
            source: 市自然资源局
            license: 内部使用许可
            crs: EPSG:4490        # EPSG:4326 4490 3857 4491-4554 326xx, GCJ-02, BD-09
            asOf: 2024-05
            fields: { height: GD, floors: CS, id: BH }

      More per layer: id, credit, provenance, mapUse, mapApproval, where: {layer: buildings}, axisOrder: yx,
      floorHeight, assumedHeight, encoding, heightOffset (3dtiles, metres to add before the city's height is taken
      off), sensitive: {DLBM: ['…']} for codes that a public map may not show.
      A layer without licence, source, date or coordinate system is refused by name. public also refuses a layer
      without 审图号 and leaves out sensitive kinds, known by any text of a feature; internal marks it 内部使用.

  --out   folder of the built map: new, empty, or an earlier map, never one with other files in it; default
          public/basemap/<city>. It is replaced only by a whole map, and a build that was stopped goes on where it was.
          What changed is built again, the rest is taken over.
  --help  this text`

export interface Options {
  from: { adcode: string; seed: number; buildings: number; without: string[] } | { folder: string }
  out: string | undefined
}

const CAN_BE_LEFT_OUT = ['towns', 'water', 'green', 'road', 'rail', 'buildings', 'terrain']

/** @throws a sentence that says what is wrong with the arguments; undefined asks for help */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      adcode: { type: 'string' },
      in: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string', default: '7' },
      buildings: { type: 'string', default: '3000' },
      without: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  if ((values.adcode === undefined) === (values.in === undefined))
    throw new Error('say either --adcode 220100 or --in ./my-data (see --help)')
  if (values.in !== undefined) return { from: { folder: values.in }, out: values.out }
  const without = values.without.split(',').filter((id) => id !== '')
  const unknown = without.find((id) => !CAN_BE_LEFT_OUT.includes(id))
  if (unknown) throw new Error(`--without ${unknown}: can be left out are ${CAN_BE_LEFT_OUT.join(', ')}`)
  if (!/^\d{4}00$/.test(values.adcode!))
    throw new Error(`--adcode ${values.adcode}: a city's code has six digits and ends in 00, 220100`)
  return {
    from: {
      adcode: values.adcode!,
      seed: whole('--seed', values.seed, 0, 2 ** 31),
      buildings: whole('--buildings', values.buildings, 1, 500_000),
      without,
    },
    out: values.out,
  }
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < low || value > high)
    throw new Error(`${name} ${text}: a whole number from ${low} to ${high}`)
  return value
}
