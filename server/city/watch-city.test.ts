import { afterEach, describe, expect, it } from 'vitest'
import { sampleCity } from '../../tests/support/sample-city.ts'
import { loadIndicatorAdapters } from './adapters.ts'
import type { Loaded } from './load-city.ts'
import { watchCity } from './watch-city.ts'

const indicatorAdapters = await loadIndicatorAdapters()

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function watched() {
  const sample = await sampleCity()
  const changes: Loaded[] = []
  const waiting: (() => void)[] = []
  const watching = watchCity(sample.folder, indicatorAdapters, (loaded) => {
    changes.push(loaded)
    for (const wake of waiting.splice(0)) wake()
  })
  ends.push(
    () => watching.stop(),
    () => sample.remove(),
  )
  await watching.ready
  return {
    sample,
    /** Resolves with the nth change, counted from 1. */
    async change(nth: number): Promise<Loaded> {
      while (changes.length < nth) await new Promise<void>((resolve) => waiting.push(resolve))
      return changes[nth - 1]!
    },
  }
}

describe('watchCity', () => {
  it('gives the new city when a file in a subfolder is changed', async () => {
    const { sample, change } = await watched()
    await sample.write(
      'indicators/mac.yaml',
      sample.text('indicators/mac.yaml').replace('地区生产总值', '生产总值'),
    )
    expect(await change(1)).toMatchObject({ indicators: [{ name: { zh: '生产总值' } }] })
  })

  it('follows a file that is renamed over the old one, again and again', async () => {
    const { sample, change } = await watched()
    await sample.replace('attention.yaml', sample.text('attention.yaml').replace('limit: 3', 'limit: 4'))
    expect(await change(1)).toMatchObject({ attention: { limit: 4 } })
    await sample.replace('attention.yaml', sample.text('attention.yaml').replace('limit: 3', 'limit: 5'))
    expect(await change(2)).toMatchObject({ attention: { limit: 5 } })
  })

  it('gives the fault of a broken change, then the mended city', async () => {
    const { sample, change } = await watched()
    await sample.write('attention.yaml', sample.text('attention.yaml').replace('limit: 3', 'limit: many'))
    expect(await change(1)).toMatchObject({
      errors: [{ line: 1, message: expect.stringContaining('limit: ') }],
    })
    await sample.write('attention.yaml', sample.text('attention.yaml'))
    expect(await change(2)).toMatchObject({ attention: { limit: 3 } })
  })

  it('follows a folder that is new', async () => {
    const { sample, change } = await watched()
    await sample.write('plans/flood.yaml', 'a: 1')
    expect(await change(1)).toMatchObject({
      errors: [{ message: expect.stringContaining('not a file of a city') }],
    })
    await sample.write('plans/flood.yaml', 'a: [')
    await sample.write('attention.yaml', sample.text('attention.yaml').replace('limit: 3', 'limit: 0'))
    expect(await change(2)).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('limit') }),
      ]),
    })
  })
})
