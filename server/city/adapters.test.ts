import { describe, expect, it } from 'vitest'
import { adaptersById } from './adapter-registry.ts'
import { loadIndicatorAdapters } from './adapters.ts'

const indicatorAdapters = await loadIndicatorAdapters()

describe('indicatorAdapters', () => {
  it('knows every protocol by its file name', () => {
    expect([...indicatorAdapters.keys()]).toEqual(expect.arrayContaining(['file', 'rest-json']))
  })

  it('throws on two plugins of one name', () => {
    expect(() => adaptersById({ './a/sql.ts': 1, './b/sql.ts': 2 })).toThrow(
      'two indicator adapters are called sql',
    )
  })
})
