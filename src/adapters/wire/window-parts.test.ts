import { expect, test } from 'vitest'
import { partsOf } from './window-parts.ts'

test('parts meet, and the last ends with the window', () => {
  const window = { from: '2026-08-06T00:00:00Z', to: '2026-08-08T12:00:00Z' }
  const parts = partsOf(window, 86_400_000)
  expect(parts.map(({ from }) => Date.parse(from))).toEqual(
    [6, 7, 8].map((day) => Date.parse(`2026-08-0${day}T00:00:00Z`)),
  )
  expect(parts.map(({ to }) => Date.parse(to))).toEqual([
    ...parts.slice(1).map(({ from }) => Date.parse(from)),
    Date.parse(window.to),
  ])
  expect(partsOf(window, undefined)).toEqual([window])
})
