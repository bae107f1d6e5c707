import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const { signal } = new AbortController()
const settled = async (work: Promise<unknown>) =>
  (await Promise.race([
    work.then(() => 'done'),
    new Promise((resolve) => setImmediate(() => resolve('waits'))),
  ])) as string

test('so many at once, the others in the order they came', async () => {
  const turns = new Turns(1)
  const first = await turns.take(signal)
  const [second, third] = [turns.take(signal), turns.take(signal)]
  expect(await settled(second)).toBe('waits')
  first()
  // Given back twice is given back once.
  first()
  expect([await settled(second), await settled(third)]).toEqual(['done', 'waits'])
})

test('who leaves the queue takes no turn', async () => {
  const turns = new Turns(1)
  const first = await turns.take(signal)
  const control = new AbortController()
  const left = turns.take(control.signal)
  const stays = turns.take(signal)
  control.abort()
  await expect(left).rejects.toThrow('abort')
  first()
  expect(await settled(stays)).toBe('done')
  await expect(turns.take(control.signal)).rejects.toThrow('abort')
})
