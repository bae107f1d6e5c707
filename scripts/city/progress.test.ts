import { expect, it } from 'vitest'
import { duration, progressLine, progressOn } from './progress.ts'

it('tells how far it is and how long it will take', () => {
  expect(progressLine(0.25, 10_000, 'towns')).toBe('[██████░░░░░░░░░░░░░░░░░░]  25 %  30 s left  towns')
  expect(progressLine(1, 10_000, 'towns')).not.toContain('left')
  expect(duration(125_000)).toBe('2 min 5 s')
})

it('writes a line for each tenth where there is no terminal, and draws over itself on one', () => {
  const draw = (isTTY: boolean) => {
    const written: string[] = []
    let nowMs = 0
    const progress = progressOn({ isTTY, write: (text) => written.push(text) }, () => (nowMs += 3))
    for (let step = 0; step <= 1000; step++) progress.at(step / 1000, 'roads')
    return written
  }
  expect(draw(false)).toHaveLength(11)
  const drawn = draw(true)
  expect(drawn.length).toBeLessThan(100)
  expect(drawn.every((text) => text.startsWith('\r'))).toBe(true)
  expect(drawn.at(-1)).toContain('100 %')
})
