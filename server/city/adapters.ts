import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { adaptersById } from './adapter-registry.ts'

const files = import.meta.glob<IndicatorAdapter>(
  ['../../src/adapters/indicators/*.ts', '!../../src/adapters/indicators/*.test.ts'],
  { eager: true, import: 'default' },
)

/** Every protocol there is, by its file's name. Adding one is a file; nothing here is edited. */
export const indicatorAdapters: ReadonlyMap<string, IndicatorAdapter> = adaptersById(files)
