import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeStoreAtScale } from './store-scale-suite.ts'
import { describeStoreQuestions } from './store-questions-suite.ts'
import { describeStore, type EngineUnderTest } from './store-suite.ts'
import { openDuckDbStore } from './duckdb.ts'

async function makeEngine(): Promise<EngineUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'citydeck-store-'))
  const open = () => openDuckDbStore({ file: join(folder, 'observations.duckdb') })
  return { open, reopen: open, dispose: () => rm(folder, { recursive: true, force: true }) }
}

describeStore('observation store on DuckDB', makeEngine)
describeStoreQuestions('observation store on DuckDB', makeEngine)
describeStoreAtScale('observation store on DuckDB', makeEngine)
