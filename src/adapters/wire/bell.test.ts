import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Bell } from './bell.ts'

const { signal } = new AbortController()
const never = new Promise<never>(() => undefined)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what rings while nobody waits is heard, once', async () => {
  const bell = new Bell()
  bell.ring()
  bell.ring()
  await bell.rung(60_000, signal, never)
  let heard = false
  const next = bell.rung(60_000, signal, never).then(() => (heard = true))
  await vi.advanceTimersByTimeAsync(59_000)
  expect(heard).toBe(false)
  bell.ring()
  await next
})

test('without a ring it wakes when the time is up', async () => {
  const waiting = new Bell().rung(1_000, signal, never)
  await vi.advanceTimersByTimeAsync(1_000)
  await expect(waiting).resolves.toBeUndefined()
})

test('a lost line and a signal end the wait, and no timer is left', async () => {
  const control = new AbortController()
  const stopped = new Bell().rung(60_000, control.signal, never)
  const lost = new Bell().rung(60_000, signal, Promise.reject(new Error('gone')))
  control.abort()
  await expect(stopped).rejects.toThrow('abort')
  await expect(lost).rejects.toThrow('gone')
  expect(vi.getTimerCount()).toBe(0)
})
