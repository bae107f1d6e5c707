import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { recipesIn } from './basemap-recipes.mjs'

it('completes the maps whose sketched buildings were left out, and only those', () => {
  const folder = mkdtempSync(join(tmpdir(), 'citydeck-recipes-'))
  const write = (name: string, manifest: object) => {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'manifest.json'), JSON.stringify(manifest))
  }
  const recipe = { adcode: '220100', seed: 7, buildings: 3000 }
  write('small', { recipe: { ...recipe, without: ['buildings', 'terrain'] } })
  write('whole', { recipe: { ...recipe, without: ['terrain'] } })
  write('own', {})
  expect(recipesIn(folder)).toEqual([
    {
      name: 'small',
      out: join(folder, 'small'),
      args: ['--adcode', '220100', '--seed', '7', '--buildings', '3000', '--without', 'terrain'],
    },
  ])
  expect(recipesIn(join(folder, 'nowhere'))).toEqual([])
})
