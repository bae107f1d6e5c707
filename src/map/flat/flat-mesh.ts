import type { MeshShape } from '../../contracts/map-kit.ts'
import { type ScreenPoint, toScreen } from './flat-camera.ts'
import { type Canvas, type FlatDrawing, type FlatFrame, cssColour } from './flat-drawing.ts'

interface Corner extends ScreenPoint {
  color: [number, number, number, number]
}

/** How much of a lift to the north shows from a little south of straight above. */
const LEAN = 0.5

/**
 * Triangles of a mesh. What is lifted stands upright on the screen, as seen from a little south of straight above, so
 * that columns read here too; of solids the northern ones are painted first.
 */
export function flatMesh({ id, positions, lifts, colors, solid }: MeshShape): FlatDrawing {
  const triangles = Array.from({ length: positions.length / 9 }, (_, triangle) => triangle)
  if (solid) triangles.sort((a, b) => depthOf(positions, lifts, b) - depthOf(positions, lifts, a))
  return {
    id,
    paint(canvas, frame) {
      for (const triangle of triangles)
        paintTriangle(
          canvas,
          [0, 1, 2].map((corner) => cornerOf({ positions, lifts, colors }, triangle * 3 + corner, frame)),
        )
    },
  }
}

/** North of the foot first; at one foot what leans south lies in front. */
function depthOf(positions: Float32Array, lifts: Float32Array, triangle: number): number {
  const mean = (values: Float32Array): number =>
    (values[triangle * 9 + 1]! + values[triangle * 9 + 4]! + values[triangle * 9 + 7]!) / 3
  return mean(positions) + mean(lifts) * 1e-3
}

function cornerOf(
  { positions, lifts, colors }: Pick<MeshShape, 'positions' | 'lifts' | 'colors'>,
  vertex: number,
  { camera, u }: FlatFrame,
): Corner {
  const [east, north, up] = [lifts[vertex * 3]!, lifts[vertex * 3 + 1]!, lifts[vertex * 3 + 2]!]
  const foot = toScreen(camera, [positions[vertex * 3]!, positions[vertex * 3 + 1]!, 0])
  return {
    x: foot.x + east * u,
    y: foot.y - (north * LEAN + up) * u,
    color: Array.from(colors.subarray(vertex * 4, vertex * 4 + 4)) as Corner['color'],
  }
}

/** One colour, or the blend from its lowest corner to its highest: colours of a mesh differ along its height. */
function paintTriangle(canvas: Canvas, corners: Corner[]): void {
  const [first, ...others] = corners
  canvas.beginPath()
  canvas.moveTo(first!.x, first!.y)
  for (const { x, y } of others) canvas.lineTo(x, y)
  canvas.closePath()
  const byHeight = corners.toSorted((a, b) => a.y - b.y)
  const [top, bottom] = [byHeight[0]!, byHeight[2]!]
  const plain = top.color.every((channel, index) => channel === bottom.color[index])
  if (plain || bottom.y - top.y < 1) canvas.fillStyle = cssColour(top.color)
  else {
    const blend = canvas.createLinearGradient(0, top.y, 0, bottom.y)
    blend.addColorStop(0, cssColour(top.color))
    blend.addColorStop(1, cssColour(bottom.color))
    canvas.fillStyle = blend
  }
  canvas.fill()
}
