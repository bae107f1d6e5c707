import { afterEach, describe, expect, it } from 'vitest'
import { sampleCity } from '../../tests/support/sample-city.ts'
import { loadIndicatorAdapters } from './adapters.ts'
import { loadCity } from './load-city.ts'
import { type Variables, variablesOf } from './source-variables.ts'

const indicatorAdapters = await loadIndicatorAdapters()

const removals: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(removals.splice(0).map((remove) => remove()))
})

/** The faults of a city whose one source stands at that address. */
async function faults(baseUrl: string, variables?: Variables, demo = false): Promise<string[]> {
  const sample = await sampleCity({
    'sources.yaml': (text) => text.replace('${UPSTREAM}/api', baseUrl),
    'city.yaml': (text) => (demo ? `${text}demo: true\n` : text),
  })
  removals.push(sample.remove)
  const loaded = await loadCity(sample.folder, indicatorAdapters, variables)
  return 'errors' in loaded ? loaded.errors.map(({ line, message }) => `${line}: ${message}`) : []
}

describe('variables in the settings of sources', () => {
  it('are judged only where the sources are going to be asked', async () => {
    expect(await faults('${UPSTREAM}/api')).toEqual([])
    expect(await faults('${UPSTREAM}/api', { UPSTREAM: 'https://bureau.example' })).toEqual([])
  })

  it('may have digits in their names', async () => {
    expect(await faults('${UPSTREAM_2B}/api')).toEqual([])
    expect(await faults('${UPSTREAM_2B}/api', { UPSTREAM_2B: 'https://bureau.example' })).toEqual([])
    expect(await faults('${UPSTREAM_2B}/api', {})).toEqual([
      expect.stringMatching(/needs the variable UPSTREAM_2B, which is not set/),
    ])
  })

  it('that are not set are named with the source, the line and what to do', async () => {
    expect(await faults('${UPSTREAM}/api', {})).toEqual([
      '8: sources[0].settings.baseUrl: the source bureau needs the variable UPSTREAM, which is not set: start again with UPSTREAM=… in the environment, or write its value here',
    ])
  })

  it('that hold no address are told where they stand', async () => {
    expect(await faults('${UPSTREAM}/api', { UPSTREAM: 'bureau' })).toEqual([
      expect.stringMatching(/^8: sources\[0\]\.settings\.baseUrl: .*bureau\/api/),
    ])
  })

  it("of the demo's upstream stand only in a demo city", async () => {
    expect(await faults('${DEMO_UPSTREAM}/api', {}, true)).toEqual([])
    expect(await faults('${DEMO_UPSTREAM}/api', {})).toEqual([
      expect.stringMatching(/^8: .*DEMO_UPSTREAM, which is filled only where city\.yaml says demo: true/),
    ])
  })

  it('never stand for a secret', async () => {
    const environment = {
      SECRET_KEY: 'k',
      DATABASE_URL: 'postgres://u:p@db/city',
      UPSTREAM: 'http://b',
      EMPTY: '',
    }
    expect(variablesOf(environment)).toEqual({ UPSTREAM: 'http://b' })
    const told = await faults('http://b/${SECRET_KEY}', variablesOf(environment))
    expect(told).toEqual([expect.stringMatching(/SECRET_KEY, which is a secret/)])
  })
})
