import { mapColours, type Rgb } from './map-colours.ts'

/** The districts' colours; every name is a --m-… token or an ink of the page. */
export type MapPalette = {
  readonly [Name in keyof typeof mapColours]: Name extends 'land' ? readonly [Rgb, Rgb, Rgb, Rgb] : Rgb
}

export const mapPalette: Readonly<Record<'dark' | 'light', MapPalette>> = {
  dark: mapColours,
  light: {
    void: [244, 246, 248],
    ground: [238, 241, 243],
    land: [
      [230, 235, 238],
      [211, 227, 226],
      [181, 212, 208],
      [143, 194, 187],
    ],
    landSide: [207, 214, 220],
    border: [157, 176, 181],
    rim: [63, 138, 128],
    selected: [16, 23, 30],
    columnTop: [47, 154, 138],
    column: [10, 114, 100],
    columnFoot: [109, 184, 172],
    mark: [16, 23, 30],
  },
}
