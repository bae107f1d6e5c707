import { bearing, between, distance, type Metres } from './plane.ts'

/** A way with the instant of every corner, whole milliseconds that grow; between corners the speed is even. */
export interface Journey {
  points: readonly Metres[]
  timesMs: readonly number[]
}

/** @param speed metres a second, of the whole way or of each leg */
export function journey(
  points: readonly Metres[],
  startMs: number,
  speed: number | readonly number[],
): Journey {
  let gone = 0
  const timesMs = points.map((point, index) => {
    const leg = typeof speed === 'number' ? speed : speed[index - 1]!
    if (index > 0) gone += distance(points[index - 1]!, point) / leg
    return startMs + Math.round(gone * 1000)
  })
  return { points, timesMs }
}

export function endMs({ timesMs }: Journey): number {
  return timesMs[timesMs.length - 1]!
}

/** Where the traveller is: at the first corner before the start, at the last after the end. */
export function placeAt({ points, timesMs }: Journey, epochMs: number): Metres {
  const next = timesMs.findIndex((time) => time > epochMs)
  if (next === -1) return points[points.length - 1]!
  if (next === 0) return points[0]!
  const [before, after] = [timesMs[next - 1]!, timesMs[next]!]
  return between(points[next - 1]!, points[next]!, (epochMs - before) / (after - before))
}

/** Corners passed since `fromMs` and the place at the instant, each with its time: what a tracker would have sent. */
export function trackBehind(
  way: Journey,
  fromMs: number,
  epochMs: number,
): { place: Metres; timeMs: number }[] {
  const passed = way.points
    .map((place, index) => ({ place, timeMs: way.timesMs[index]! }))
    .filter(({ timeMs }) => timeMs > fromMs && timeMs < epochMs)
  const start = Math.max(fromMs, way.timesMs[0]!)
  if (start >= epochMs) return [{ place: placeAt(way, epochMs), timeMs: epochMs }]
  return [
    { place: placeAt(way, start), timeMs: start },
    ...passed.filter(({ timeMs }) => timeMs > start),
    { place: placeAt(way, epochMs), timeMs: epochMs },
  ]
}

/** Direction of the last stretch of a track, degrees. */
export function headingOf(track: readonly { place: Metres }[]): number {
  const [last, before] = [track[track.length - 1], track[track.length - 2]]
  return last && before ? bearing(before.place, last.place) : 0
}
