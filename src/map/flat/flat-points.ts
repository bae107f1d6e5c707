import type { MapKit, Rgba } from '../../contracts/map-kit.ts'
import { hexagonAreas } from '../engine/kit/hexagon-bins.ts'
import { type HeatGrid, heatColour, heatGrid } from '../engine/kit/heat-grid.ts'
import { flatAreas } from './flat-areas.ts'
import { toGround, toScreen } from './flat-camera.ts'
import { type Canvas, type FlatDrawing, type FlatFrame, cssColour } from './flat-drawing.ts'

/** From this many on a dot is a square: nobody sees the corners, and it paints ten times as fast. */
const MANY = 5_000

export function flatDots({
  id,
  positions,
  colors,
  size,
  features = [],
}: Parameters<MapKit['dots']>[0]): FlatDrawing {
  const count = positions.length / 3
  const screen = (dot: number, { camera }: FlatFrame) =>
    toScreen(camera, [positions[dot * 3]!, positions[dot * 3 + 1]!, positions[dot * 3 + 2]!])
  return {
    id,
    paint(canvas, frame) {
      const radius = (size * frame.u) / 2
      let ink = ''
      for (let dot = 0; dot < count; dot++) {
        const { x, y } = screen(dot, frame)
        if (x < -radius || y < -radius || x > frame.camera.width + radius || y > frame.camera.height + radius)
          continue
        const colour = cssColour(Array.from(colors.subarray(dot * 4, dot * 4 + 4)) as unknown as Rgba)
        if (colour !== ink) canvas.fillStyle = ink = colour
        if (count > MANY) canvas.fillRect(x - radius, y - radius, radius * 2, radius * 2)
        else paintDisc(canvas, x, y, radius)
      }
    },
    hit(x, y, frame) {
      const reach = Math.max(4, (size * frame.u) / 2)
      for (let dot = count - 1; dot >= 0; dot--) {
        const at = screen(dot, frame)
        if (features[dot] !== undefined && Math.hypot(at.x - x, at.y - y) <= reach) return features[dot]
      }
      return undefined
    },
  }
}

export function paintDisc(canvas: Canvas, x: number, y: number, radius: number): void {
  canvas.beginPath()
  canvas.arc(x, y, radius, 0, 2 * Math.PI)
  canvas.fill()
}

/**
 * Density of what the screen shows; its cells are blended by the canvas, so they need not be small. Binned once for a camera: the
 * map is painted again for whatever is pointed at or moves on it.
 */
export function flatHeat({ id, positions, weights, radius }: Parameters<MapKit['heat']>[0]): FlatDrawing {
  let kept: { key: string; heat: HeatSheet | undefined } | undefined
  return {
    id,
    paint(canvas, { camera, u }) {
      const [west, north] = toGround(camera, 0, 0)
      const [east, south] = toGround(camera, camera.width, camera.height)
      const metres = radius * u * camera.metresPerPixel
      const key = [metres, west, south, east, north].join()
      if (kept?.key !== key)
        kept = { key, heat: heatSheet(heatGrid(positions, weights, metres, { west, south, east, north })) }
      if (!kept.heat) return
      const { sheet, box } = kept.heat
      const [from, to] = [
        toScreen(camera, [box.west, box.north, 0]),
        toScreen(camera, [box.east, box.south, 0]),
      ]
      canvas.drawImage(sheet, from.x, from.y, to.x - from.x, to.y - from.y)
    },
  }
}

interface HeatSheet {
  sheet: OffscreenCanvas
  box: HeatGrid['box']
}

function heatSheet(grid: HeatGrid | undefined): HeatSheet | undefined {
  if (!grid) return undefined
  const sheet = new OffscreenCanvas(grid.columns, grid.rows)
  const pixels = new ImageData(grid.columns, grid.rows)
  grid.density.forEach((share, cell) => {
    // Rows are told from the south, and painted from the north.
    const row = grid.rows - 1 - Math.floor(cell / grid.columns)
    pixels.data.set(heatColour(share), (row * grid.columns + (cell % grid.columns)) * 4)
  })
  sheet.getContext('2d')?.putImageData(pixels, 0, 0)
  return { sheet, box: grid.box }
}

/** From above a hexagon tells by its brightness alone. */
export function flatHexagons({
  id,
  positions,
  radius,
  height,
}: Parameters<MapKit['hexagons']>[0]): FlatDrawing {
  const items = hexagonAreas(positions, radius, height)
  return {
    ...flatAreas({ id, items: items.map(({ polygon, fill }) => ({ polygons: [polygon], fill })) }),
    lies: false,
  }
}
