import type { Rgb } from './map-colours.ts'

/** 1 红 … 4 蓝, as the statutory warnings. */
export type Level = 1 | 2 | 3 | 4

interface HazardColours {
  fill: Readonly<Record<Level, Rgb>>
  /** Lines and texts, legible on the theme's ground. */
  line: Readonly<Record<Level, Rgb>>
  /** Under a closed road: red alone vanishes for protanopes. */
  closedCasing: Rgb
  closedTick: Rgb
}

const fill = { 1: [212, 32, 44], 2: [255, 138, 31], 3: [255, 208, 46], 4: [29, 99, 209] } as const

/** The reserved hues: official warnings, hazard footprints, closed roads, what is in trouble. Nothing else may use them. */
export const hazardColours: Readonly<Record<'dark' | 'light', HazardColours>> = {
  dark: {
    fill,
    line: { 1: [255, 93, 85], 2: [255, 148, 51], 3: [255, 216, 74], 4: [91, 164, 255] },
    closedCasing: [241, 244, 246],
    closedTick: [0, 0, 0],
  },
  light: {
    fill,
    line: { 1: [192, 24, 35], 2: [176, 74, 0], 3: [122, 92, 0], 4: [29, 99, 209] },
    closedCasing: [16, 23, 30],
    closedTick: [255, 255, 255],
  },
}
