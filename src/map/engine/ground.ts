import {
  type Color,
  ColorGeometryInstanceAttribute,
  GeometryInstance,
  PerInstanceColorAppearance,
  Primitive,
  Rectangle,
  RectangleGeometry,
} from '@cesium/engine'

/** Degrees to each side of the city's centre, and metres under the ellipsoid so that nothing drawn at height zero fights it. */
const REACH = 6
const DEPTH = -400

/** A plain plate on the ellipsoid instead of a globe: a globe's tiles are the dearest thing a software renderer can draw. */
export function createGround(longitude: number, latitude: number, color: Color): Primitive {
  const rectangle = Rectangle.fromDegrees(
    longitude - REACH,
    latitude - REACH,
    longitude + REACH,
    latitude + REACH,
  )
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry: new RectangleGeometry({
        rectangle,
        height: DEPTH,
        // Coarse steps: the plate has one colour, so only its silhouette could show them.
        granularity: Math.PI / 180,
        vertexFormat: PerInstanceColorAppearance.FLAT_VERTEX_FORMAT,
      }),
      attributes: { color: ColorGeometryInstanceAttribute.fromColor(color) },
    }),
    appearance: new PerInstanceColorAppearance({ flat: true, translucent: false }),
    asynchronous: false,
  })
}
