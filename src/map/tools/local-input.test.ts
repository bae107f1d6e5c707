import { expect, it } from 'vitest'
import { fromLocalInput, localInput } from './local-input.ts'

it('speaks of the city’s clock, there and back, whatever the viewer’s own', () => {
  const atMs = Date.parse('2026-08-06T06:32:00Z')
  expect(localInput(atMs, 'Asia/Shanghai')).toBe('2026-08-06T14:32')
  expect(fromLocalInput('2026-08-06T14:32', 'Asia/Shanghai')).toBe(atMs)
  expect(fromLocalInput(localInput(atMs, 'America/New_York'), 'America/New_York')).toBe(atMs)
})

it('makes no instant of an empty field', () => {
  expect(fromLocalInput('', 'Asia/Shanghai')).toBeUndefined()
})
