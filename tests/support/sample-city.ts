import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const files: Record<string, string> = {
  'city.yaml': `id: sample
name: { zh: 样例市 }
title: { zh: 样例市驾驶舱 }
root: '990100'
timeZone: Asia/Shanghai
modeNames: { peace: { zh: 平时 }, emergency: { zh: 应急 } }
center: { longitude: 125, latitude: 44 }
departments:
  - { id: statistics, name: { zh: 统计局 } }
`,
  'regions.json': `[
{"code":"990100","name":{"zh":"样例市"},"level":"city"},
{"code":"990101","name":{"zh":"甲区"},"level":"county","parent":"990100"}
]`,
  'sources.yaml': `sources:
  - id: bureau
    name: { zh: 统计局接口 }
    adapter: rest-json
    department: statistics
    provenance: synthetic
    settings:
      baseUrl: \${UPSTREAM}/api
`,
  'indicators/mac.yaml': `x-row: &row
  region: { field: $.region }
  time: { field: $.time, format: month }
  value: { field: $.value }
indicators:
  - code: MAC.GDP.TOTAL
    name: { zh: 地区生产总值 }
    definition: { zh: 一定时期内全部常住单位的生产活动成果 }
    unit: CNY
    freq: M
    timeBasis: sum
    direction: higher-better
    rollup: sum
    department: statistics
    sources:
      - source: bureau
        mapping:
          path: /gdp
          rows: $.data[*]
          fields:
            <<: *row
            unit: 10*8.CNY
`,
  'scenes/wall.yaml': `id: wall
console: wall
name: { zh: 总览 }
panels:
  - panel: economy
    area: a
    options: { indicators: [MAC.GDP.TOTAL] }
`,
  'city-state.yaml': `states:
  - id: attention
    word: { zh: 需关注 }
    calm: false
    any: [{ fact: overdue, atLeast: 1 }]
    rule: { zh: 有超时事项 }
  - id: calm
    word: { zh: 平稳 }
    calm: true
    rule: { zh: 无上述情形 }
`,
  'attention.yaml': `limit: 3
nearDeadline: PT30M
rules:
  - id: overdue
    on: incident-overdue
    score: { base: 100, step: 10 }
    title: { zh: '{name}' }
    ask: { zh: 请督办 }
    lead: owner
    deadline: own
    basis: { zh: 办理时限 }
`,
}

/** A small whole city in a folder of its own, for tests. `changed` replaces files by name; an empty text leaves one out. */
export async function sampleCity(changed: Record<string, string | ((text: string) => string)> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'citydeck-city-'))
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  for (const name of new Set([...Object.keys(files), ...Object.keys(changed)])) {
    const change = changed[name]
    const text = typeof change === 'function' ? change(files[name] ?? '') : (change ?? files[name] ?? '')
    if (text !== '') await write(name, text)
  }
  return {
    folder,
    text: (name: string) => files[name] ?? '',
    write,
    /** As many editors do: a new file beside the old one, then renamed over it. */
    async replace(name: string, text: string) {
      await write(`${name}.new~`, text)
      await rename(join(folder, `${name}.new~`), join(folder, name))
    },
    copy: async (name: string, to: string) => cp(join(folder, name), join(folder, to)),
    remove: async () => rm(folder, { recursive: true, force: true }),
  }
}
