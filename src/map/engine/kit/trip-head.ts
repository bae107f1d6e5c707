import type { EnuMetres } from '../../../contracts/map-layer.ts'

/** Where somebody on the way is at an instant, between the two positions told around it; undefined before and after. */
export function tripHead(
  path: readonly EnuMetres[],
  times: readonly number[],
  atMs: number,
): EnuMetres | undefined {
  const next = times.findIndex((time) => time >= atMs)
  if (next < 0) return undefined
  if (next === 0) return times[0] === atMs ? path[0] : undefined
  const share = (atMs - times[next - 1]!) / (times[next]! - times[next - 1]! || 1)
  const [from, to] = [path[next - 1]!, path[next]!]
  return [0, 1, 2].map((axis) => from[axis]! + (to[axis]! - from[axis]!) * share) as EnuMetres
}
