import type { Ring } from '../regions/geojson.ts'

/** measured by the source, counted from its floors, or taken because the source says nothing. */
export const HeightFroms = ['measured', 'floors', 'assumed'] as const

/** One building as a prism: rings in degrees, outer ring first and counter-clockwise, heights in metres. */
export interface Footprint {
  id: string
  name?: string
  rings: Ring[]
  /** Top above the foot. */
  height: number
  /** Foot above the ground, for what stands on pillars or on another part. */
  base: number
  heightFrom: (typeof HeightFroms)[number]
}
