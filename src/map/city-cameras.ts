import type { Scene } from '../domain/scene.ts'
import type { Situation } from '../domain/situation.ts'

/** From which side and how steeply the city is seen, in degrees. */
export interface CameraAngles {
  heading: number
  pitch: number
}

/** North is never more than 24° off vertical, so that nobody asks which way it is. */
const CONSOLES: Record<Scene['console'], CameraAngles> = {
  wall: { heading: 348, pitch: -40 },
  kiosk: { heading: 336, pitch: -36 },
  desk: { heading: 354, pitch: -72 },
  analyst: { heading: 354, pitch: -72 },
}
/** Whoever commands looks a little steeper into the city; what is shown to guests and to the officer on duty stays as it is. */
const WALL_IN_EMERGENCY: CameraAngles = { heading: 340, pitch: -43 }

/**
 * The camera of a console in that mode.
 * @param own the scene's, which goes first
 */
export function cityCamera(
  console: Scene['console'],
  mode: Situation['mode'],
  own?: CameraAngles,
): CameraAngles {
  if (own) return own
  return console === 'wall' && mode === 'emergency' ? WALL_IN_EMERGENCY : CONSOLES[console]
}
