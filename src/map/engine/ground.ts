import {
  type Color,
  ColorGeometryInstanceAttribute,
  GeometryInstance,
  PerInstanceColorAppearance,
  Primitive,
  Rectangle,
  RectangleGeometry,
} from '@cesium/engine'

/** A plate on the ellipsoid, metres above it, degrees to each side of the city's centre, in facets of so many degrees. */
export interface PlateShape {
  height: number
  reach: number
  facet: number
  /** 1 hides what is below. */
  opacity: number
}

/**
 * The opaque plate lies under the ellipsoid so that nothing drawn at height zero fights it. Its facets are coarse: it has one
 * colour, so only its silhouette could show them.
 * @param lowest ENU metres of the lowest relief, which must not reach through it
 */
export function groundPlate(lowest = 0): PlateShape {
  return { height: Math.min(-400, lowest - 400), reach: 6, facet: 1, opacity: 1 }
}

/** What is looked through underground: a sheet where the ground is, fine enough to stay within a metre of it. */
export const groundSheet: PlateShape = { height: 0, reach: 2, facet: 0.05, opacity: 0.35 }

/** A plain plate instead of a globe: a globe's tiles are the dearest thing a software renderer can draw. */
export function createGround(
  longitude: number,
  latitude: number,
  color: Color,
  shape: PlateShape,
): Primitive {
  const { height, reach, facet, opacity } = shape
  const rectangle = Rectangle.fromDegrees(
    longitude - reach,
    latitude - reach,
    longitude + reach,
    latitude + reach,
  )
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry: new RectangleGeometry({
        rectangle,
        height,
        granularity: (facet * Math.PI) / 180,
        vertexFormat: PerInstanceColorAppearance.FLAT_VERTEX_FORMAT,
      }),
      attributes: { color: ColorGeometryInstanceAttribute.fromColor(color.withAlpha(opacity)) },
    }),
    appearance: new PerInstanceColorAppearance({ flat: true, translucent: opacity < 1 }),
    asynchronous: false,
  })
}
