/** The gateway's one clock: the machine's, or one that started at CLOCK_START and runs on. Everything that needs time is handed this. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Added to the machine's clock to get this one; the demo upstream is started with the same. */
  offsetMs: number
}

export function createClock(start: string | undefined, machineNow: () => number = Date.now): Clock {
  const offsetMs = start === undefined ? 0 : Date.parse(start) - machineNow()
  return { now: () => machineNow() + offsetMs, offsetMs }
}
