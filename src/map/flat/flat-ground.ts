import type { Rgba } from '../../contracts/map-kit.ts'
import { RoadClasses } from '../../domain/basemap.ts'
import { type Appearance, groundColours, roadOpacity, roadStyles } from '../engine/base-colours.ts'
import { HOUSES_GONE } from './building-at.ts'
import { type Canvas, type FlatDrawing, type FlatFrame, cssColour } from './flat-drawing.ts'
import type { GroundChunk, GroundChunks, GroundPart } from './ground-chunks.ts'
import { GroundSheet } from './ground-sheet.ts'

/** Roofs from straight above. */
const BUILDING: Record<Appearance, { roof: Rgba; wall: Rgba }> = {
  dark: { roof: [34, 44, 54, 255], wall: [20, 27, 34, 255] },
  light: { roof: [228, 232, 236, 255], wall: [176, 186, 194, 255] },
}

/** Rail is seen from as far as main roads. */
const RAIL = { width: 1.4, metres: 3, dash: 7 } as const
/** A case shows so much on both sides together, in u and in metres. */
const CASE = { width: 1.4, metres: 3 } as const

/** The base map as a drawing below the layers; painted anew only when the zoom changes or the view leaves what was painted. */
export function flatGround(chunks: GroundChunks, appearance: Appearance): FlatDrawing {
  const sheet = new GroundSheet((canvas, frame) => paintGround(canvas, chunks, appearance, frame))
  return { id: 'base-ground', paint: (canvas, frame) => sheet.paint(canvas, frame) }
}

/**
 * Parks, water, houses, rail and roads from the ground up; each class of road fades by itself as the map zooms out.
 * @param canvas its transform, CSS pixels of `frame`, is left as it was found
 */
export function paintGround(
  canvas: Canvas,
  chunks: GroundChunks,
  appearance: Appearance,
  frame: FlatFrame,
): void {
  const { camera } = frame
  const colours = groundColours[appearance]
  canvas.save()
  canvas.translate(camera.width / 2, camera.height / 2)
  canvas.scale(1 / camera.metresPerPixel, 1 / camera.metresPerPixel)
  canvas.translate(-camera.east, camera.north)
  canvas.lineJoin = 'round'
  const brush = new GroundBrush(canvas, chunks, frame)
  brush.fill('green', colours.green)
  brush.fill('water', colours.water)
  for (const part of ['water', 'stream'] as const) brush.stroke(part, colours.shore, { width: 1, metres: 0 })
  const { roof, wall } = BUILDING[appearance]
  const near = Math.min(1, Math.max(0, 2 - (2 * camera.metresPerPixel) / HOUSES_GONE))
  brush.fill('buildings', roof, near)
  brush.stroke('buildings', wall, { width: 1, metres: 0 }, near)
  brush.stroke('rail', colours.rail, RAIL, roadOpacity(roadStyles.primary, camera.metresPerPixel))
  const roads = RoadClasses.toReversed().map((part) => ({
    part,
    style: roadStyles[part],
    share: roadOpacity(roadStyles[part], camera.metresPerPixel),
  }))
  for (const { part, style, share } of roads)
    if (style.kind !== 'street')
      brush.stroke(
        part,
        colours.roadCase,
        { width: style.width + CASE.width, metres: style.metres + CASE.metres },
        share,
      )
  for (const { part, style, share } of roads) brush.stroke(part, colours.road[style.kind], style, share)
  canvas.restore()
}

interface Stroke {
  /** In u from afar. */
  width: number
  /** From near. */
  metres: number
  /** On and off in u. */
  dash?: number
}

/** Paints the chunks in sight on a canvas whose unit is a metre. */
class GroundBrush {
  private readonly canvas: Canvas
  private readonly chunks: GroundChunks
  private readonly frame: FlatFrame

  constructor(canvas: Canvas, chunks: GroundChunks, frame: FlatFrame) {
    this.canvas = canvas
    this.chunks = chunks
    this.frame = frame
  }

  fill(part: GroundPart, color: Rgba, share = 1): void {
    if (share <= 0) return
    this.canvas.globalAlpha = share
    this.canvas.fillStyle = cssColour(color)
    for (const { path } of this.seen(part)) this.canvas.fill(path)
  }

  stroke(part: GroundPart, color: Rgba, { width, metres, dash = 0 }: Stroke, share = 1): void {
    if (share <= 0) return
    const { canvas, frame } = this
    const { metresPerPixel } = frame.camera
    canvas.globalAlpha = share
    canvas.strokeStyle = cssColour(color)
    canvas.lineWidth = Math.max(metres, Math.max(width * frame.u, 1) * metresPerPixel)
    canvas.lineCap = dash > 0 ? 'butt' : 'round'
    canvas.setLineDash(dash > 0 ? [dash * frame.u * metresPerPixel, dash * frame.u * metresPerPixel] : [])
    for (const { path } of this.seen(part)) canvas.stroke(path)
  }

  private seen(part: GroundPart): GroundChunk[] {
    const { east, north, width, height, metresPerPixel } = this.frame.camera
    const [across, along] = [(width / 2) * metresPerPixel, (height / 2) * metresPerPixel]
    return (this.chunks.get(part) ?? []).filter(
      ({ box }) =>
        box.west <= east + across &&
        box.east >= east - across &&
        box.top <= -north + along &&
        box.bottom >= -north - along,
    )
  }
}
