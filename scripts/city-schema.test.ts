import { expect, it } from 'vitest'
import { outdatedSchemas, schemaFiles } from './city-schema.ts'

it('finds the committed schemas current; else run npm run city-schema', async () => {
  expect(await outdatedSchemas()).toEqual([])
})

it('describes the settings and mapping of each adapter', async () => {
  const files = await schemaFiles()
  expect(files.get('sources.schema.json')).toContain('"baseUrl"')
  expect(files.get('indicators.schema.json')).toContain('"windowFormat"')
})
