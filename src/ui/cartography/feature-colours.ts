import type { Rgb } from './map-colours.ts'

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

interface FeatureColours {
  ink: Rgb
  inkSoft: Rgb
  inkNote: Rgb
  inkFaint: Rgb
  accent: Rgb
  accentDim: Rgb
  ground: Rgb
  shore: Rgb
  /** Hues that carry kinds, never a judgement. */
  series: readonly [Rgb, Rgb, Rgb, Rgb, Rgb]
  /** Depth of flood water, shallow to deep. */
  flood: readonly [Rgb, Rgb, Rgb]
  /** One hue from little to much. */
  ramp: readonly [Rgb, Rgb, Rgb, Rgb, Rgb]
  wind: Rgb
}

/** What features are drawn with on a canvas; those that are tokens repeat them, and a test compares. */
export const featureColours: Readonly<Record<'dark' | 'light', FeatureColours>> = {
  dark: {
    ink: [241, 244, 246],
    inkSoft: [183, 193, 203],
    inkNote: [135, 148, 161],
    inkFaint: [85, 98, 111],
    accent: [92, 201, 181],
    accentDim: [43, 116, 104],
    ground: [14, 20, 26],
    shore: [38, 71, 90],
    series: [
      [92, 201, 181],
      [234, 227, 210],
      [183, 156, 237],
      [127, 147, 168],
      [147, 179, 116],
    ],
    flood: [
      [47, 127, 168],
      [79, 179, 219],
      [168, 228, 250],
    ],
    ramp: [
      [18, 38, 43],
      [27, 74, 74],
      [43, 116, 104],
      [92, 201, 181],
      [213, 245, 236],
    ],
    wind: [159, 199, 214],
  },
  light: {
    ink: [16, 23, 30],
    inkSoft: [70, 82, 94],
    inkNote: [101, 113, 125],
    inkFaint: [163, 173, 183],
    accent: [10, 114, 100],
    accentDim: [109, 184, 172],
    ground: [238, 241, 243],
    shore: [165, 198, 214],
    series: [
      [10, 114, 100],
      [91, 78, 47],
      [106, 72, 181],
      [90, 107, 125],
      [85, 122, 47],
    ],
    flood: [
      [125, 185, 216],
      [61, 147, 191],
      [15, 94, 140],
    ],
    // On paper much is dark.
    ramp: [
      [211, 227, 226],
      [143, 194, 187],
      [92, 160, 150],
      [10, 114, 100],
      [6, 62, 55],
    ],
    wind: [70, 110, 130],
  },
}

/** A fill as the map draws it, in CSS, for its swatch. */
export function cssFill([red, green, blue]: Rgb, opacity: number): string {
  return `rgb(${red} ${green} ${blue} / ${opacity})`
}

/** A colour with its opacity from 0 to 1. */
export function withAlpha([red, green, blue]: Rgb, opacity: number): Rgba {
  return [red, green, blue, Math.round(255 * opacity)]
}
