import { beforeEach, expect, it } from 'vitest'
import type { City } from './city/load-city.ts'
import { CityInTurn } from './city-in-turn.ts'
import { noIngest } from './ingest/ingest.ts'

const cityOf = (hash: string) => ({ hash }) as City
/** What happened, in its order. */
const seen: string[] = []
let current: City
let unstartable: string[]

beforeEach(() => {
  seen.length = 0
  current = cityOf('old')
  unstartable = []
})

function begin(check: (next: City) => void = () => undefined): CityInTurn {
  return new CityInTurn({
    city: () => current,
    check,
    enforce: async (city) => {
      await new Promise((next) => setImmediate(next))
      current = city
    },
    start: () => {
      const { hash } = current
      if (unstartable.includes(hash)) throw new Error(`${hash} does not start`)
      seen.push(`start ${hash}`)
      return { ...noIngest, stop: async () => void seen.push(`stop ${hash}`) }
    },
  })
}

it('touches nothing for a city that would not start', async () => {
  const turn = begin(() => {
    throw new Error('the variable DEMO_UPSTREAM is not set')
  })
  await turn.start()
  await expect(turn.change(cityOf('demo'))).rejects.toThrow('DEMO_UPSTREAM')
  expect([current.hash, seen]).toEqual(['old', ['start old']])
})

it('goes back to the sources of the old city where those of the new one fail all the same', async () => {
  const turn = begin()
  await turn.start()
  unstartable = ['new']
  await expect(turn.change(cityOf('new'))).rejects.toThrow('new does not start')
  expect([current.hash, seen]).toEqual(['old', ['start old', 'stop old', 'start old']])
})

it('starts sources once, of the city that came in before they could be asked', async () => {
  const turn = begin(() => {
    throw new Error('the demo upstream does not answer yet')
  })
  await turn.change(cityOf('new'))
  expect(seen).toEqual([])
  await Promise.all([turn.start(), turn.start()])
  expect(seen).toEqual(['start new'])
})

it('takes one change after another, and leaves nothing running behind the last', async () => {
  const turn = begin()
  await turn.start()
  await Promise.all([turn.change(cityOf('one')), turn.change(cityOf('two')), turn.close()])
  expect(seen).toEqual(['start old', 'stop old', 'start one', 'stop one', 'start two', 'stop two'])
  await turn.change(cityOf('three'))
  expect(current.hash).toBe('two')
})
