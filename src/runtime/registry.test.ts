import { describe, expect, it } from 'vitest'
import { registryOf } from './registry.ts'

describe('registryOf', () => {
  it('knows a plugin by its file name, in whatever folder', async () => {
    const registry = registryOf('panel', { '../panels/economy/growth-rows.vue': async () => 7 })
    expect(await registry.get('growth-rows')?.()).toBe(7)
  })

  it('throws on two plugins of one name and names both files', () => {
    const files = { '../panels/a/trend.vue': async () => 1, '../panels/b/trend.vue': async () => 2 }
    expect(() => registryOf('panel', files)).toThrow(
      'two panels are called trend: ../panels/a/trend.vue and ../panels/b/trend.vue',
    )
  })
})
