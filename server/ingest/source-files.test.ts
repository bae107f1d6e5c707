import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listSourceFiles } from './source-files.ts'

let root: string
let outside: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'citydeck-root-'))
  outside = await mkdtemp(join(tmpdir(), 'citydeck-outside-'))
  await mkdir(join(root, 'drop/older'), { recursive: true })
  for (const name of ['b.csv', 'a.csv', 'a1.csv', 'notes (1).txt'])
    await writeFile(join(root, 'drop', name), name)
  await writeFile(join(outside, 'secret.csv'), 'secret')
  await symlink(join(outside, 'secret.csv'), join(root, 'drop/linked.csv'))
  await symlink(outside, join(root, 'out'))
})
afterAll(async () => {
  await rm(root, { recursive: true })
  await rm(outside, { recursive: true })
})

const names = async (folder: string, pattern?: string) =>
  (await listSourceFiles(root, folder, pattern)).map(({ name }) => name)

test('plain files of a folder by name, with size and time', async () => {
  expect(await names('drop')).toEqual(['a.csv', 'a1.csv', 'b.csv', 'notes (1).txt'])
  expect((await listSourceFiles(root, 'drop', 'b.csv'))[0]).toEqual({
    name: 'b.csv',
    bytes: 5,
    modifiedAt: expect.stringMatching(/Z$/),
  })
})

test('a pattern means itself but for * and ?', async () => {
  expect(await names('drop', 'a*.csv')).toEqual(['a.csv', 'a1.csv'])
  expect(await names('drop', 'a?.csv')).toEqual(['a1.csv'])
  expect(await names('drop', 'notes (1).*')).toEqual(['notes (1).txt'])
  expect(await names('drop', 'a.cs')).toEqual([])
})

test('no folder outside, neither by path nor by link', async () => {
  await expect(names('../')).rejects.toThrow('outside the project folder')
  await expect(names(outside)).rejects.toThrow('outside the project folder')
  await expect(names('out')).rejects.toThrow('leads outside the project folder')
  await expect(names('missing')).rejects.toThrow('missing cannot be listed')
})
