import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admit, rememberConfirmations, standingOf, type Standing } from './admission.ts'
import { minute, month, observed } from './sample-observations.ts'

const key = 'k'
const said = (value: number | null, at: number, synthetic = false) => ({
  key,
  observation: observed({
    value,
    period: month(0),
    resultTime: minute(at),
    receivedAt: minute(at),
    provenance: synthetic ? 'synthetic' : 'real',
  }),
})

function play(batches: readonly (readonly ReturnType<typeof said>[])[]): {
  last: Standing | undefined
  revisions: number
  refused: number
} {
  const confirmations = rememberConfirmations(100)
  const standing = new Map<string, Standing>()
  let [revisions, refused] = [0, 0]
  for (const batch of batches) {
    const admission = admit(batch, standing, confirmations)
    for (const { observation } of admission.stored)
      standing.set(key, { ...standingOf(observation), revision: observation.revision })
    revisions += admission.stored.length
    refused += admission.refused
  }
  return { last: standing.get(key), revisions, refused }
}

describe('admission', () => {
  it('remembers that a value was heard again, so that an older different one does not replace it', () => {
    expect(play([[said(5, 1)], [said(5, 4)], [said(6, 3)]])).toMatchObject({
      last: { value: 5 },
      revisions: 1,
    })
    expect(play([[said(5, 1)], [said(5, 4)], [said(6, 5)]])).toMatchObject({
      last: { value: 6 },
      revisions: 2,
    })
  })

  it('takes the later of two rows that a file has for one period', () => {
    expect(play([[said(5, 1), said(4, 1)]])).toMatchObject({ last: { value: 4, revision: 0 }, revisions: 1 })
  })

  it('keeps both revisions when one batch brings both', () => {
    expect(play([[said(5, 1), said(6, 2)]])).toMatchObject({ last: { value: 6, revision: 1 }, revisions: 2 })
  })

  it('refuses what is synthetic once something real stands, however new it is', () => {
    expect(play([[said(5, 1)], [said(6, 9, true)]])).toMatchObject({ last: { value: 5 }, refused: 1 })
    expect(play([[said(6, 9, true)], [said(6, 10, true)], [said(5, 1)], [said(4, 2)]])).toMatchObject({
      last: { value: 4, synthetic: false },
      refused: 0,
    })
  })

  it('ends in the same value whatever the order and repetition of the batches', () => {
    const row = fc
      .tuple(fc.option(fc.nat(3)), fc.nat(5), fc.boolean())
      .map(([value, at, synthetic]) => said(value, at, synthetic))
    const batches = fc.array(fc.array(row, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    const reordered = batches.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    )
    fc.assert(
      fc.property(reordered, ([list, shuffled]) => {
        const [a, b] = [play(list).last, play(shuffled).last]
        expect([b?.value, b?.synthetic]).toEqual([a?.value, a?.synthetic])
      }),
      { numRuns: 2_000 },
    )
  })

  it('forgets the oldest confirmation when it holds too many', () => {
    const confirmations = rememberConfirmations(2)
    for (const name of ['a', 'b', 'c'])
      confirmations.set(name, { resultTime: 1, receivedAt: 1, synthetic: false })
    expect(['a', 'b', 'c'].map((name) => confirmations.get(name) !== undefined)).toEqual([false, true, true])
  })
})
