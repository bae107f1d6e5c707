import { describe, expect, it, vi } from 'vitest'
import { createLane } from './lane.ts'

describe('lane of one process', () => {
  it('runs one work at a time, in order, each with the next free number', async () => {
    const lane = createLane(10)
    const events: string[] = []
    const work = (name: string, used: number) =>
      lane.run(async (first) => {
        events.push(`${name} begins at ${first}`)
        await Promise.resolve()
        events.push(`${name} ends`)
        return { used, result: name }
      })
    expect(await Promise.all([work('a', 2), work('b', 0), work('c', 1)])).toEqual(['a', 'b', 'c'])
    expect(events).toEqual([
      'a begins at 11',
      'a ends',
      'b begins at 13',
      'b ends',
      'c begins at 13',
      'c ends',
    ])
    expect(lane.last()).toBe(13)
  })

  it('wakes followers after each run that used a number, until they leave', async () => {
    const lane = createLane(0)
    const wake = vi.fn<() => void>()
    const seen: number[] = []
    const leave = lane.onAdvance(() => (wake(), seen.push(lane.last())))
    await lane.run(async () => ({ used: 3, result: undefined }))
    await lane.run(async () => ({ used: 0, result: undefined }))
    leave()
    await lane.run(async () => ({ used: 1, result: undefined }))
    expect(wake).toHaveBeenCalledTimes(1)
    expect(seen).toEqual([3])
  })

  it('goes on after work that failed, past a number that was taken although its answer was lost', async () => {
    let really = 5
    const lane = createLane(5, async () => really)
    const woken = vi.fn<() => void>()
    lane.onAdvance(woken)
    await expect(
      lane.run(async () => {
        throw new Error('nothing written')
      }),
    ).rejects.toThrow('nothing written')
    expect([lane.last(), woken.mock.calls.length]).toEqual([5, 0])
    await expect(
      lane.run(async () => {
        really = 6
        throw new Error('answer lost')
      }),
    ).rejects.toThrow('answer lost')
    expect([lane.last(), woken.mock.calls.length]).toEqual([6, 1])
    expect(await lane.run(async (first) => ({ used: 1, result: first }))).toBe(7)
  })
})
