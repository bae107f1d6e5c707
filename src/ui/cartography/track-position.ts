type TrackPoint = readonly [longitude: number, latitude: number, height: number, epochMs: number]
type Place = readonly [longitude: number, latitude: number, height: number]

/**
 * Where something on a track was at an instant: on the straight line between the two points around it, in proportion
 * to time, exact at the points themselves. Before the first point nothing is known; after the last it is the last.
 * `behind` is the way to it; `heading` in degrees clockwise from north is that of the leg it is on, absent where no leg leads on
 * or the leg goes nowhere. Longitude and latitude in degrees, height in metres; points in order of time.
 */
export function onTrack(
  track: readonly TrackPoint[],
  atMs: number,
): { at: Place; behind: Place[]; heading?: number } | undefined {
  const next = track.findIndex(([, , , ms]) => ms > atMs)
  if (track.length === 0 || next === 0) return undefined
  const passed = (next === -1 ? track : track.slice(0, next)).map(placeOf)
  if (next === -1) return { at: passed.at(-1)!, behind: passed }
  const [from, to] = [track[next - 1]!, track[next]!]
  const share = (atMs - from[3]) / (to[3] - from[3])
  const at = [0, 1, 2].map((axis) => from[axis]! + (to[axis]! - from[axis]!) * share) as unknown as Place
  const heading = headingOf(from, to)
  return {
    at,
    behind: share === 0 ? passed : [...passed, at],
    ...(heading === undefined ? {} : { heading }),
  }
}

/** Of a leg so short that the meridians at its ends are parallel. */
function headingOf(from: TrackPoint, to: TrackPoint): number | undefined {
  const north = to[1] - from[1]
  const east = (to[0] - from[0]) * Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180)
  if (east === 0 && north === 0) return undefined
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360
}

function placeOf([longitude, latitude, height]: TrackPoint): Place {
  return [longitude, latitude, height]
}
