import * as v from 'valibot'
import type { Instant } from './instant.ts'
import type { Observation } from './observation.ts'
import { type Language, type LocalText, LocalTextSchema, localText } from './text.ts'

/** A quantity inside a sentence. The screen prints it with Figure, so it carries its unit, period and source. */
export interface SegmentFigure {
  indicator: string
  value: number
  /** UCUM, or pp for a gap of rates; `1` for a count, which keeps the word of its indicator. */
  unit: string
  /** Absent for the cockpit's own counts, which speak of the whole city. */
  region?: string
  /** `gap`: distance to the target rather than the value itself. */
  kind?: 'value' | 'gap'
  observation?: Observation
}

/**
 * A piece of a sentence made from a template. `text` never holds a digit; `name` is a proper name and may (12345 热线);
 * `until` is an instant shown as the time left to it or passed since.
 */
export type Segment = { text: string } | { name: string } | { until: Instant } | { figure: SegmentFigure }

const digit = /[\d\uFF10-\uFF19]/
const placeholder = /\{([a-zA-Z]+)\}/

/** Sentence of a city's YAML with placeholders in braces. Digits may only come from figures, so none may be written. */
export function templateSchema(placeholders: readonly string[]) {
  return v.pipe(
    LocalTextSchema,
    v.check(
      ({ zh, en }) => [zh, en ?? ''].every((text) => !digit.test(text)),
      'a template holds no digit: quantities come from placeholders',
    ),
    v.check(
      ({ zh, en }) =>
        [zh, en ?? ''].every((text) =>
          [...text.matchAll(/\{([^}]*)\}/g)].every(([, name]) => placeholders.includes(name!)),
        ),
      `a placeholder is one of ${placeholders.map((name) => `{${name}}`).join(' ')}`,
    ),
  )
}

/** Sentences in one line, parted by a middle dot. */
export function joinSegments(parts: readonly Segment[][]): Segment[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [{ text: ' · ' }, ...part]))
}

/** The template as segments in one language. A placeholder that the facts do not fill is left out. */
export function fillTemplate(
  template: LocalText,
  language: Language,
  fill: (name: string) => Segment | undefined,
): Segment[] {
  const segments: Segment[] = []
  for (const [index, piece] of localText(template, language).split(placeholder).entries()) {
    if (piece === '') continue
    const segment = index % 2 === 1 ? fill(piece) : { text: piece }
    if (segment) segments.push(segment)
  }
  return segments
}
