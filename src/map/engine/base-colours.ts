import type { Rgba } from '../../contracts/map-kit.ts'
import type { RoadClass } from '../../domain/basemap.ts'

export type Appearance = 'dark' | 'light'

interface GroundColours {
  void: Rgba
  ground: Rgba
  water: Rgba
  shore: Rgba
  green: Rgba
  road: Record<'street' | 'arterial' | 'expressway', Rgba>
  roadCase: Rgba
  rail: Rgba
  /** CSS; multiplied with the greys of the tiles by night, mixed with them on paper, where roofs become #E4E8EC. */
  building: string
  /** CSS of one that stands in water, in the same way: roofs become #A9CFE0 on paper. */
  wetBuilding: string
  /** CSS of level ground. */
  terrain: string
  /** Opacity of white where the relief faces the light most, and of black where it turns away. */
  relief: readonly [light: number, shade: number]
}

export const groundColours: Record<Appearance, GroundColours> = {
  dark: {
    void: [11, 15, 20, 255],
    ground: [14, 20, 26, 255],
    water: [23, 48, 63, 255],
    shore: [38, 71, 90, 255],
    green: [16, 32, 29, 255],
    road: { street: [21, 29, 37, 255], arterial: [51, 64, 76, 255], expressway: [61, 75, 88, 255] },
    roadCase: [11, 16, 21, 255],
    rail: [59, 70, 81, 255],
    building: '#222C36',
    wetBuilding: '#2B4F63',
    terrain: '#0E141A',
    relief: [0.22, 0.55],
  },
  light: {
    void: [238, 241, 243, 255],
    ground: [238, 241, 243, 255],
    water: [195, 220, 232, 255],
    shore: [168, 200, 216, 255],
    green: [221, 235, 226, 255],
    road: { street: [255, 255, 255, 255], arterial: [255, 255, 255, 255], expressway: [255, 255, 255, 255] },
    roadCase: [207, 214, 220, 255],
    rail: [176, 186, 194, 255],
    building: '#A7B3C0',
    wetBuilding: '#4D8CAD',
    terrain: '#EEF1F3',
    relief: [0.5, 0.3],
  },
}

/** How a class of road is drawn: its width in u from afar and in metres from near, and from how near it is drawn. */
export interface RoadStyle {
  kind: 'street' | 'arterial' | 'expressway'
  width: number
  metres: number
  /** Metres a pixel at which it has faded away. */
  gone: number
}

export const roadStyles: Record<RoadClass, RoadStyle> = {
  motorway: { kind: 'expressway', width: 2.4, metres: 26, gone: Infinity },
  trunk: { kind: 'expressway', width: 2, metres: 24, gone: 320 },
  primary: { kind: 'arterial', width: 1.7, metres: 20, gone: 160 },
  secondary: { kind: 'arterial', width: 1.4, metres: 15, gone: 60 },
  tertiary: { kind: 'street', width: 1.3, metres: 11, gone: 24 },
  local: { kind: 'street', width: 1.1, metres: 7, gone: 10 },
}

/** Share of its colour a road keeps at so many metres a pixel: whole up to half of where it is gone, then less. */
export function roadOpacity({ gone }: RoadStyle, metresPerPixel: number): number {
  return Math.min(1, Math.max(0, 2 - (2 * metresPerPixel) / gone))
}
