import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SeedRow } from '../../conformance/protocol-suite.ts'

/** A map of MapServer with one layer `stations`, and the features it serves. All of them stand at one place. */
export function writeMap(folder: string, address: string, name: string, rows: readonly SeedRow[]): void {
  const file = join(folder, `${name}.json`)
  const features = rows.map(({ region, at, value }, index) => ({
    type: 'Feature',
    properties: { id: index + 1, region, at, value: value === null ? '' : String(value) },
    geometry: { type: 'Point', coordinates: [125.35, 43.86] },
  }))
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', name: 'stations', features }))
  writeFileSync(
    join(folder, `${name}.map`),
    `MAP
  NAME "${name}"
  EXTENT 120 40 130 46
  SIZE 100 100
  PROJECTION "init=epsg:4326" END
  WEB METADATA
    "ows_title" "${name}"
    "ows_onlineresource" "${address}/${name}?"
    "oga_onlineresource" "${address}/${name}/ogcapi"
    "ows_srs" "EPSG:4326 EPSG:4490"
    "ows_enable_request" "*"
    "oga_enable_request" "*"
    "wfs_getfeature_formatlist" "geojson"
  END END
  OUTPUTFORMAT
    NAME "geojson"
    DRIVER "OGR/GEOJSON"
    MIMETYPE "application/json; subtype=geojson"
    FORMATOPTION "STORAGE=stream"
    FORMATOPTION "FORM=SIMPLE"
  END
  LAYER
    NAME "stations"
    TYPE POINT
    STATUS ON
    CONNECTIONTYPE OGR
    CONNECTION "${file}"
    DATA "stations"
    TEMPLATE "void"
    PROJECTION "init=epsg:4326" END
    METADATA
      "ows_title" "stations"
      "gml_include_items" "all"
      "gml_featureid" "id"
      "ows_srs" "EPSG:4326 EPSG:4490"
      "oga_enable_request" "*"
    END
  END
END
`,
  )
}
