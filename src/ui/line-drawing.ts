import { formatNumber } from '../domain/number-format.ts'
import type { Language } from '../domain/text.ts'
import { timeTicks } from './time-axis.ts'
import { valueAxis } from './value-axis.ts'

/** Oldest first; null is a missing value and breaks the line. */
export type LinePoints = readonly (readonly [atMs: number, value: number | null])[]

export interface NamedLine {
  name: string
  points: LinePoints
}

export interface DrawingPlace {
  /** Pixels. */
  width: number
  height: number
  fontPx: number
  zone: string
  language: Language
}

export interface Tick {
  key: number
  at: number
  label: string
}

export interface LineDrawing {
  left: number
  right: number
  bottom: number
  /** `at` is y; the lowest stands on the bottom line. */
  values: readonly Tick[]
  /** `at` is x. */
  times: readonly Tick[]
  /** One for each line, in their order; empty where it has no value. */
  paths: readonly string[]
  /** Where the name of each line stands, beside its last value; never one over another. */
  ends: readonly (number | undefined)[]
}

/** Lines over time with round axes in the city's zone, in pixels of the place, y down. */
export function drawLines(lines: readonly NamedLine[], place: DrawingPlace): LineDrawing {
  const { width, height, fontPx } = place
  const top = fontPx * 0.8
  const bottom = Math.max(top + 1, height - fontPx * 1.7)
  const values = lines.flatMap(({ points }) => points.flatMap(([, value]) => value ?? []))
  const axis = valueAxis(values, Math.min(3, Math.floor((bottom - top) / (fontPx * 2))))
  const labels = axis.ticks.map((tick) => formatNumber(tick, axis.decimals))
  const left = widest(labels) * fontPx + fontPx * 0.7
  const right = Math.max(left + 1, width - widest(lines.map(({ name }) => name)) * fontPx - fontPx * 0.7)
  const [from, to] = timesOf(lines)
  const x = (ms: number): number => (to > from ? left + ((ms - from) / (to - from)) * (right - left) : right)
  const y = (value: number): number => bottom - ((value - axis.min) / (axis.max - axis.min)) * (bottom - top)
  const most = Math.max(1, Math.min(5, Math.floor((right - left) / (fontPx * 7))))
  return {
    left: tenth(left),
    right: tenth(right),
    bottom: tenth(bottom),
    values: axis.ticks.map((tick, nth) => ({ key: tick, at: tenth(y(tick)), label: labels[nth]! })),
    times: timeTicks(from, to, most, place.zone, place.language).map(({ ms, label }) => ({
      key: ms,
      at: tenth(x(ms)),
      label,
    })),
    paths: lines.map(({ points }) => pathOf(points, x, y)),
    ends: apart(
      lines.map(({ points }) => lastValue(points)).map((last) => (last === undefined ? last : y(last))),
      {
        least: fontPx * 1.15,
        bottom,
      },
    ),
  }
}

function timesOf(lines: readonly NamedLine[]): [from: number, to: number] {
  const drawn = lines.filter(({ points }) => points.length > 0)
  return [
    Math.min(...drawn.map(({ points }) => points[0]![0])),
    Math.max(...drawn.map(({ points }) => points.at(-1)![0])),
  ]
}

function pathOf(points: LinePoints, x: (ms: number) => number, y: (value: number) => number): string {
  let path = ''
  let drawing = false
  for (const [ms, value] of points) {
    // A value between two missing ones is a dot: a line of no length under round caps.
    if (value !== null)
      path += `${drawing ? 'L' : 'M'}${tenth(x(ms))} ${tenth(y(value))}${drawing ? '' : 'h0'}`
    drawing = value !== null
  }
  return path
}

function lastValue(points: LinePoints): number | undefined {
  return points.findLast(([, value]) => value !== null)?.[1] ?? undefined
}

/** From the top down each is pushed below the one above it, then from the bottom up until all stand inside. */
function apart(
  wanted: readonly (number | undefined)[],
  { least, bottom }: { least: number; bottom: number },
): (number | undefined)[] {
  const order = wanted
    .flatMap((at, nth) => (at === undefined ? [] : [{ nth, at }]))
    .toSorted((a, b) => a.at - b.at)
  for (const [nth, end] of order.entries()) if (nth > 0) end.at = Math.max(end.at, order[nth - 1]!.at + least)
  let limit = bottom
  for (const end of order.toReversed()) {
    end.at = Math.min(end.at, limit)
    limit = end.at - least
  }
  const placed = new Map(order.map(({ nth, at }) => [nth, tenth(at)]))
  return wanted.map((_, nth) => placed.get(nth))
}

/** In ems: a Chinese character is one, anything else a little more than half. */
function widest(texts: readonly string[]): number {
  const width = (text: string): number =>
    Array.from(text).reduce((sum, char) => sum + (char > '\u2e80' ? 1 : 0.58), 0)
  return Math.max(0, ...texts.map(width))
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
