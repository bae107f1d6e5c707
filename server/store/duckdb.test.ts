import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeStore } from './store-suite.ts'
import { openDuckDbStore } from './duckdb.ts'

describeStore('observation store on DuckDB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'citydeck-store-'))
  const open = () => openDuckDbStore({ file: join(folder, 'observations.duckdb') })
  return { open, reopen: open, dispose: () => rm(folder, { recursive: true, force: true }) }
})
