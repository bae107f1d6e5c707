/** Where a presentation stands; every change is a pure step, so the console's timer only ever says how much time passed. */
export interface Rotation {
  step: number
  elapsedMs: number
  /** Stopped by the presenter, or by something new that must be seen first. */
  stopped: 'no' | 'paused' | 'halted'
}

export const stepMs = 20_000
export const atStart: Rotation = { step: 0, elapsedMs: 0, stopped: 'no' }

export function pass(rotation: Rotation, ms: number, steps: number): Rotation {
  if (rotation.stopped !== 'no' || steps === 0) return rotation
  const elapsedMs = rotation.elapsedMs + ms
  return elapsedMs < stepMs
    ? { ...rotation, elapsedMs }
    : { ...rotation, step: (rotation.step + 1) % steps, elapsedMs: 0 }
}

/** Goes to a step by hand: it gets its full time, and whether the show runs stays as it is. */
export function goTo(rotation: Rotation, step: number, steps: number): Rotation {
  return steps === 0 ? rotation : { ...rotation, step: ((step % steps) + steps) % steps, elapsedMs: 0 }
}

/** Pauses a running show; lets a paused or halted one run on. */
export function toggle(rotation: Rotation): Rotation {
  return { ...rotation, stopped: rotation.stopped === 'no' ? 'paused' : 'no' }
}

export function halt(rotation: Rotation): Rotation {
  return { ...rotation, stopped: 'halted' }
}

/** Ids that were not there before: what a show must stop for. */
export function newcomers(now: readonly string[], before: readonly string[]): string[] {
  const known = new Set(before)
  return now.filter((id) => !known.has(id))
}
