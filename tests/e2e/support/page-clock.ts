import type { Page } from '@playwright/test'
import { TEST_CLOCK } from '../../support/gateway-process.ts'

/** Shortly before five minutes are full, so that what goes on by the minute does so within a test. */
const START_MS = Date.parse(TEST_CLOCK) + 140_000

/**
 * Lets the page's own clock start at a fixed instant and run on, for pages that have no gateway to tell them the
 * time: what the simulated city does depends on the hour, and a test must not.
 */
export async function startPageClock(page: Page): Promise<void> {
  await page.addInitScript((startMs: number) => {
    const offsetMs = startMs - Date.now()
    const Machine = Date
    globalThis.Date = class extends Machine {
      constructor(...args: [] | [number | string]) {
        if (args.length === 0) super(Machine.now() + offsetMs)
        else super(...(args as [number]))
      }
      static override now(): number {
        return Machine.now() + offsetMs
      }
    } as DateConstructor
  }, START_MS)
}
