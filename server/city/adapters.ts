import { type Adapters, loadedAdapters } from './adapter-registry.ts'

const files = import.meta.glob(
  ['../../src/adapters/indicators/*.ts', '!../../src/adapters/indicators/*.test.ts'],
  { import: 'default' },
)

/** Every protocol there is, by its file's name. Adding one is a file; nothing here is edited. */
export const loadIndicatorAdapters = (): Promise<Adapters> => loadedAdapters(files)
