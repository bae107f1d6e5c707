import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** One arrow of the import rules: from this file, these imports are legal and those are not. */
interface Arrow {
  from: string
  legal: string[]
  illegal: string[]
  /** Legal as `import type`, illegal as a value. */
  typesOnly?: string[]
}

const arrows: Arrow[] = [
  {
    from: 'src/domain/planted.ts',
    legal: ['valibot', './region.ts'],
    illegal: ['vue', 'axios', '../contracts/io.ts', '../models/trend.ts', 'node:fs'],
  },
  {
    from: 'src/models/planted.ts',
    legal: ['../domain/random.ts', './trend.ts'],
    illegal: ['vue', '../contracts/io.ts', '../adapters/wire/paging.ts', '../stores/clock.ts'],
  },
  {
    from: 'src/contracts/planted.ts',
    legal: ['valibot', '../domain/region.ts', './io.ts'],
    illegal: ['../adapters/wire/paging.ts', '../stores/clock.ts', '../ui/words.ts', 'cesium', 'vue'],
    typesOnly: ['@deck.gl/core'],
  },
  {
    from: 'src/adapters/indicators/planted.ts',
    legal: [
      'valibot',
      '../wire/paging.ts',
      '../../contracts/io.ts',
      '../../models/trend.ts',
      '../../domain/region.ts',
    ],
    illegal: [
      'vue',
      'pinia',
      'axios',
      '../../stores/clock.ts',
      '../../ui/words.ts',
      '../../client/axios.ts',
      './file.ts',
    ],
  },
  {
    from: 'src/adapters/wire/planted.ts',
    legal: ['./paging.ts', '../../contracts/io.ts'],
    illegal: ['pinia', '../../client/axios.ts', '../../runtime/plugins.ts', '../../../server/env.ts'],
  },
  {
    from: 'src/client/planted.ts',
    legal: ['axios', '../contracts/io.ts', '../domain/wire.ts', './stream.ts'],
    illegal: [
      'pinia',
      'vue',
      '../stores/clock.ts',
      '../adapters/wire/paging.ts',
      '../../mock-data/static/answer.ts',
      '../ui/words.ts',
    ],
  },
  {
    from: 'src/client/static.ts',
    legal: ['axios', '../domain/wire.ts', '../../mock-data/static/answer.ts'],
    illegal: ['vue', '../stores/clock.ts', '../../server/env.ts'],
  },
  {
    from: 'src/stores/planted.ts',
    legal: ['vue', 'pinia', '../client/stream.ts', '../contracts/io.ts', '../domain/wire.ts', './clock.ts'],
    illegal: [
      'axios',
      '../runtime/plugins.ts',
      '../panels/economy/Gdp.vue',
      '../map/engine/host.ts',
      '../ui/words.ts',
      'echarts/core',
    ],
  },
  {
    from: 'src/ui/Planted.vue',
    legal: ['vue', 'echarts/core', '../domain/unit.ts', './words.ts'],
    illegal: [
      'pinia',
      '../stores/clock.ts',
      '../contracts/panel.ts',
      '../panels/economy/Gdp.vue',
      '@cesium/engine',
      'axios',
    ],
  },
  {
    from: 'src/panels/economy/Planted.vue',
    legal: [
      'vue',
      '../../stores/clock.ts',
      '../../ui/Figure.vue',
      '../../contracts/panel.ts',
      '../../domain/unit.ts',
      './share.ts',
    ],
    illegal: [
      './Gdp.vue',
      '../safety/Fires.vue',
      '../../client/stream.ts',
      '../../adapters/wire/paging.ts',
      '../../runtime/plugins.ts',
      '../../consoles/wall/Wall.vue',
      'cesium',
    ],
    typesOnly: ['echarts/core'],
  },
  {
    from: 'src/map/Planted.vue',
    legal: ['vue', '../stores/scene.ts', '../ui/words.ts', './engine/host.ts'],
    illegal: [
      '@cesium/engine',
      '@deck.gl/core',
      './layers/columns.ts',
      '../runtime/plugins.ts',
      '../client/stream.ts',
    ],
  },
  {
    from: 'src/map/engine/planted.ts',
    legal: ['@cesium/engine', '@deck.gl/core', '../../contracts/map-layer.ts', './host.ts'],
    illegal: [
      '../layers/columns.ts',
      '../../panels/economy/Gdp.vue',
      '../../client/stream.ts',
      '../../consoles/wall/Wall.vue',
    ],
  },
  {
    from: 'src/map/layers/planted.ts',
    legal: [
      '@deck.gl/layers',
      '../../contracts/map-layer.ts',
      '../../ui/tokens.ts',
      '../../domain/region.ts',
    ],
    illegal: ['@cesium/engine', 'cesium', '../engine/host.ts', '../../stores/clock.ts', './columns.ts'],
    typesOnly: ['@deck.gl/core'],
  },
  {
    from: 'src/runtime/planted.ts',
    legal: ['../client/stream.ts', '../stores/clock.ts', '../contracts/panel.ts', '../map/MapView.vue'],
    illegal: [
      '../adapters/models/trend.ts',
      '../adapters/indicators/file.ts',
      '../consoles/wall/Wall.vue',
      '@deck.gl/core',
      'axios',
    ],
  },
  {
    from: 'src/consoles/wall/Planted.vue',
    legal: [
      'vue',
      '../../runtime/plugins.ts',
      '../../stores/clock.ts',
      '../../ui/Figure.vue',
      '../../domain/unit.ts',
    ],
    illegal: [
      '../../panels/economy/Gdp.vue',
      '../../adapters/wire/paging.ts',
      '../../client/stream.ts',
      '../../map/layers/columns.ts',
      '@cesium/engine',
      'axios',
    ],
    typesOnly: ['echarts/core'],
  },
  {
    from: 'src/planted.ts',
    legal: ['vue', './consoles/wall/Wall.vue', './runtime/start.ts'],
    illegal: ['./panels/economy/Gdp.vue', './adapters/wire/paging.ts', 'cesium'],
  },
  {
    from: 'server/routes/planted.ts',
    legal: [
      'hono',
      '../../src/adapters/indicators/file.ts',
      '../../src/models/trend.ts',
      '../../src/contracts/io.ts',
      '../../src/domain/wire.ts',
      '../store/store.ts',
    ],
    illegal: [
      'vue',
      'pinia',
      '../../src/stores/clock.ts',
      '../../src/client/stream.ts',
      '../../src/ui/words.ts',
      '../../src/runtime/plugins.ts',
    ],
  },
  {
    from: 'mock-data/simulator/planted.ts',
    legal: ['../../src/domain/region.ts', '../../src/models/trend.ts', './tickets.ts'],
    illegal: ['../../server/env.ts', '../../src/stores/clock.ts', '../../src/client/stream.ts', 'vue'],
  },
  {
    from: 'scripts/planted.ts',
    legal: ['../server/env.ts', '../src/stores/clock.ts', '../mock-data/simulator/tickets.ts', 'cesium'],
    illegal: [],
  },
  {
    from: 'src/panels/economy/planted.test.ts',
    legal: ['./Gdp.vue', '../../client/stream.ts', '../../../mock-data/simulator/tickets.ts'],
    illegal: [],
  },
]

const spellings = {
  type: (specifier: string) =>
    `import type * as planted from '${specifier}'\nexport type Kept = typeof planted\n`,
  static: (specifier: string) => `import * as planted from '${specifier}'\nexport const kept = planted\n`,
  dynamic: (specifier: string) => `export const kept = () => import('${specifier}')\n`,
}
type Spelling = keyof typeof spellings

interface Plant {
  file: string
  specifier: string
  spelling: Spelling
}

/** Each import in each spelling gets a file of its own beside `from`: stem-3-dynamic.ts. */
function plantsOf(
  from: string,
  specifiers: string[],
  kind: string,
  as: Spelling[] = ['static', 'dynamic'],
): Plant[] {
  return specifiers.flatMap((specifier, index) =>
    as.map((spelling) => ({
      file: from.replace(/^(.*?\/?[^/.]+)\./, `$1-${kind}-${index}-${spelling}.`),
      specifier,
      spelling,
    })),
  )
}

const planted = arrows.map(({ from, legal, illegal, typesOnly = [] }) => ({
  from,
  legal: [...plantsOf(from, legal, 'legal'), ...plantsOf(from, typesOnly, 'typed', ['type'])],
  illegal: plantsOf(from, [...illegal, ...typesOnly], 'illegal'),
}))
const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'citydeck-import-rules-'))
let caught = new Set<string>()

beforeAll(() => {
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const { file, specifier, spelling } of planted.flatMap(({ legal, illegal }) => [
    ...legal,
    ...illegal,
  ])) {
    const code = spellings[spelling](specifier)
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(
      join(folder, file),
      extname(file) === '.vue'
        ? `<script setup lang="ts">\n${code.replaceAll('export ', '')}</script>\n`
        : code,
    )
  }
  caught = filesWithRestrictedImports(folder)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the project's own linter finds with the project's own configuration. */
function filesWithRestrictedImports(where: string): Set<string> {
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', '.'], {
    cwd: where,
    encoding: 'utf8',
    maxBuffer: 64e6,
  })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
  return new Set(
    diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
  )
}

const named = ({ specifier, spelling }: Plant) => `${spelling} ${specifier}`

test.each(planted)('every legal import of $from stands', ({ legal }) => {
  expect(legal.filter(({ file }) => caught.has(file)).map(named)).toEqual([])
})

test.each(planted.filter(({ illegal }) => illegal.length > 0))(
  'every planted violation in $from is caught',
  ({ illegal }) => {
    expect(illegal.filter(({ file }) => !caught.has(file)).map(named)).toEqual([])
  },
)
