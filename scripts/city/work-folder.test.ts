import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { temporaryFolder } from '../../tests/support/gateway-process.ts'
import { builtFrom, boundaries, buildInto } from './fixtures/built-map.ts'
import { cityFolder, polygon, square, writeBoundaries, writeGeoJson } from './fixtures/city-folder.ts'
import { filesIn } from './hashes.ts'
import { openWorkFolder } from './work-folder.ts'

function city(): string {
  const folder = cityFolder([boundaries])
  writeBoundaries(folder)
  return folder
}
const withFile = (folder: string, name = 'letter.txt'): string => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), 'mine')
  return folder
}

it.each([
  ['the folder of its own files', (mine: string) => mine],
  ['a folder in it', (mine: string) => join(mine, 'map')],
  ['a folder around it', (mine: string) => dirname(mine)],
  [
    'a link to it',
    (mine: string) => {
      symlinkSync(mine, `${mine}-link`)
      return `${mine}-link`
    },
  ],
])('refuses as --out %s, and leaves every file', async (_, outOf) => {
  const mine = city()
  const before = filesIn(mine)
  await expect(buildInto(mine, outOf(mine))).rejects.toThrow(/lie in each other|not empty/)
  expect(filesIn(mine)).toEqual(before)
})

it('refuses what the map is built from beside, before or after it was put in place', () => {
  const out = join(temporaryFolder(), 'map')
  for (const source of [`${out}.building/a.shp`, `${out}.previous`, out])
    expect(() => openWorkFolder(out, [source])).toThrow('lie in each other')
})

it('refuses as --out a folder or file that is no map, and leaves it', async () => {
  const mine = city()
  const out = withFile(join(mine, '../else'))
  await expect(buildInto(mine, out)).rejects.toThrow('is not empty and no map of this command')
  expect(readdirSync(out)).toEqual(['letter.txt'])
  await expect(buildInto(mine, join(out, 'letter.txt'))).rejects.toThrow('no map of this command')
  expect(readFileSync(join(out, 'letter.txt'), 'utf8')).toBe('mine')
  // Files of the same names make no map.
  withFile(withFile(out, 'manifest.json'), 'steps.json')
  await expect(buildInto(mine, out)).rejects.toThrow('no map of this command')
})

it('takes an empty folder, and its own map again, but not with a stranger in it', async () => {
  const mine = city()
  const { out } = await builtFrom(mine)
  withFile(out, 'regions.geojson.br')
  await builtFrom(mine)
  expect(readdirSync(out)).not.toContain('regions.geojson.br')
  withFile(out)
  await expect(builtFrom(mine)).rejects.toThrow('letter.txt was not written by this command')
  expect(readdirSync(out)).toContain('letter.txt')
  const empty = join(mine, '../empty')
  mkdirSync(empty)
  expect((await buildInto(mine, empty)).manifest.layers).toHaveLength(1)
})

it('replaces no folder of its own map in which somebody put a file', async () => {
  const mine = cityFolder([boundaries, { kind: 'buildings', file: 'houses.geojson' }])
  writeBoundaries(mine)
  writeGeoJson(join(mine, 'houses.geojson'), [polygon(square(106.1, 38.1, 0.0004), { height: 12 }, 'a')])
  const { out } = await builtFrom(mine)
  const tiles = withFile(join(out, 'buildings'), 'tileset.json.gz')
  await builtFrom(mine)
  expect(readdirSync(tiles)).not.toContain('tileset.json.gz')
  withFile(tiles)
  await expect(builtFrom(mine)).rejects.toThrow(`${tiles}/letter.txt was not written by this command`)
  expect(readFileSync(join(tiles, 'letter.txt'), 'utf8')).toBe('mine')
})

it('leaves folders of others that bear the names it works in', async () => {
  const mine = city()
  const out = join(mine, '../built')
  withFile(`${out}.previous`)
  await expect(builtFrom(mine)).rejects.toThrow('built.previous is not empty')
  expect(existsSync(out)).toBe(false)
  renameSync(`${out}.previous`, `${out}.building`)
  await expect(builtFrom(mine)).rejects.toThrow('built.building is in the way')
  expect(readdirSync(`${out}.building`)).toEqual(['letter.txt'])
})

it('puts the old map back when it was stopped between the two renames', async () => {
  const mine = city()
  const { out } = await builtFrom(mine)
  renameSync(out, `${out}.previous`)
  const work = openWorkFolder(out, [])
  expect(existsSync(join(out, 'manifest.json'))).toBe(true)
  expect(existsSync(`${out}.previous`)).toBe(false)
  work.release()
})

it('touches nothing while another process builds, though it may not be asked', async () => {
  const mine = city()
  const { out } = await builtFrom(mine)
  renameSync(out, `${out}.previous`)
  mkdirSync(`${out}.building`)
  writeFileSync(join(`${out}.building`, '.lock'), '1')
  const asked = vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('not yours'), { code: 'EPERM' })
  })
  await expect(builtFrom(mine)).rejects.toThrow('is being built by process 1')
  expect(existsSync(`${out}.previous`)).toBe(true)
  expect(existsSync(out)).toBe(false)
  asked.mockRestore()
  // A process that is gone holds nothing.
  writeFileSync(join(`${out}.building`, '.lock'), '4194305')
  expect(existsSync((await builtFrom(mine)).out)).toBe(true)
})
