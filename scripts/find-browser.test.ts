import { afterEach, expect, test, vi } from 'vitest'
import { findBrowser } from './find-browser.mjs'

afterEach(() => vi.unstubAllEnvs())

test('CHROMIUM_PATH stands above every browser that is installed', () => {
  vi.stubEnv('CHROMIUM_PATH', process.execPath)
  expect(findBrowser()).toBe(process.execPath)
})

test('a CHROMIUM_PATH that leads nowhere is said, not passed over', () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
  expect(() => findBrowser()).toThrow(
    'CHROMIUM_PATH names /nowhere/chromium, which is not an executable file.',
  )
})
