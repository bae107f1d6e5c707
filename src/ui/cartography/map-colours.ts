export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Colours a canvas draws with: it cannot read CSS variables, so these repeat the --m-… tokens (a test compares them).
 * Statistics never take a warning hue.
 */
export const mapColours = {
  void: [11, 15, 20],
  ground: [14, 20, 26],
  land: [
    [21, 30, 38],
    [23, 42, 49],
    [26, 57, 61],
    [31, 75, 74],
  ],
  landSide: [10, 19, 24],
  border: [58, 80, 89],
  rim: [127, 185, 180],
  selected: [241, 244, 246],
  columnTop: [155, 229, 214],
  column: [92, 201, 181],
  columnFoot: [36, 95, 87],
  mark: [241, 244, 246],
} as const satisfies Record<string, Rgb | readonly Rgb[]>

/** The same colour in CSS. */
export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`
}
