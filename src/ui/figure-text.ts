import type { Freshness } from '../domain/freshness.ts'
import type { Indicator, Target } from '../domain/indicator.ts'
import type { Judgement } from '../domain/judgement.ts'
import { displayValue, formatChange, missingText } from '../domain/number-format.ts'
import type { Comparison, Observation } from '../domain/observation.ts'
import type { Language } from '../domain/text.ts'

/** Everything a figure is printed from; the stores' FigureView is one. */
export interface FigureSubject {
  indicator: Indicator | undefined
  observation: Observation | undefined
  freshness: Freshness
  judgement?: Judgement | undefined
  state?: 'loading' | 'ok' | 'late' | 'missing' | 'historic' | 'no-permission'
}

/** `gap` is the distance to the target; `half-width` that of the widest interval; `low`/`high` its ends. */
export type FigurePart = 'value' | 'yoy' | 'mom' | 'target' | 'gap' | 'half-width'

export interface FigureText {
  /** ▲ ▼, + −, 高 低: what stands before the digits. */
  lead: string
  text: string
  unit: string
}

interface Form {
  part: FigurePart
  /** + and − before a growth rate. */
  signed?: boolean | undefined
  /** ▲ ▼ before a growth rate, which then has no sign. */
  arrow?: boolean | undefined
  /** Size only, where the words beside it say above or below. */
  unsigned?: boolean | undefined
  /** 百分点 instead of 个百分点. */
  tight?: boolean | undefined
  language: Language
  above: string
  below: string
}

/** The digits and what stands around them; the dash where the part does not exist. Nothing here ever turns into 0. */
export function figureText(subject: FigureSubject, form: Form): FigureText {
  const { indicator, observation } = subject
  const none = { lead: '', text: missingText, unit: '' }
  if (!indicator || !observation || subject.freshness === 'missing' || observation.value === null) return none
  switch (form.part) {
    case 'value':
      return valueText(indicator, observation.value, form)
    case 'yoy':
    case 'mom': {
      const change = changeOf(observation, form.part)
      return change ? changeText(change, form) : none
    }
    case 'target': {
      const target = subject.judgement?.target
      return target ? targetText(indicator, target, form.language) : none
    }
    case 'gap': {
      const gap = subject.judgement?.gap
      return gap ? gapText(indicator, gap, form) : none
    }
    case 'half-width': {
      const interval = observation.interval?.toSorted((a, b) => b.level - a.level)[0]
      return interval ? plain(indicator, (interval.upper - interval.lower) / 2, form.language) : none
    }
  }
}

function plain(indicator: Indicator, value: number, language: Language): FigureText {
  const { text, unit } = displayValue(indicator, value, language)
  return { lead: '', text, unit }
}

function valueText(indicator: Indicator, value: number, form: Form): FigureText {
  if (form.arrow) {
    const { arrow, size, unit } = formatChange(
      { value, unit: '%' },
      form.language,
      indicator.display?.decimals ?? 1,
    )
    return { lead: arrow === '–' ? '' : arrow, text: size, unit }
  }
  const shown = plain(indicator, form.unsigned ? Math.abs(value) : value, form.language)
  return form.signed && value > 0 ? { ...shown, lead: '+' } : shown
}

export function changeOf(observation: Observation, part: 'yoy' | 'mom'): Comparison | undefined {
  const of = (kind: Comparison['kind']) =>
    observation.comparisons.find((comparison) => comparison.kind === kind)
  return part === 'mom' ? of('mom') : (of('yoy') ?? of('ytd-yoy'))
}

function changeText(change: Comparison, form: Form): FigureText {
  const { arrow, text, size, unit, tightUnit } = formatChange(change, form.language)
  const shownUnit = form.tight ? tightUnit : unit
  return form.signed
    ? { lead: '', text, unit: shownUnit }
    : { lead: arrow === '–' ? '' : arrow, text: size, unit: shownUnit }
}

function gapText(indicator: Indicator, gap: { value: number; unit: string }, form: Form): FigureText {
  const lead = gap.value < 0 ? form.below : form.above
  if (gap.unit === 'pp') {
    const { size, tightUnit, unit } = formatChange({ value: gap.value, unit: 'pp' }, form.language)
    return { lead, text: size, unit: form.tight ? tightUnit : unit }
  }
  return { ...plain(indicator, Math.abs(gap.value), form.language), lead }
}

function targetText(indicator: Indicator, { value }: Target, language: Language): FigureText {
  if (typeof value === 'number') return plain(indicator, value, language)
  const [low, high] = value.map((bound) => plain(indicator, bound, language))
  return { lead: '', text: `${low!.text}—${high!.text}`, unit: high!.unit }
}

/** The target as one number for a dashed line; undefined where there is none or where it is a range. */
export function targetOf({ judgement }: FigureSubject): number | undefined {
  const value = judgement?.target?.value
  return typeof value === 'number' ? value : undefined
}

export function judgeTone({ judgement, freshness }: FigureSubject): 'acc' | 'worse' | undefined {
  if (freshness === 'missing' || !judgement || judgement.verdict === 'none') return undefined
  return judgement.verdict === 'met' ? 'acc' : 'worse'
}

/** The unit's word for a line of its own below the number; follows the scale of the number shown. */
export function unitWord({ indicator, observation }: FigureSubject, language: Language): string {
  return indicator ? displayValue(indicator, observation?.value ?? null, language).unit : ''
}

/** One invented value makes the panel a demonstration. */
export function anySynthetic(subjects: readonly (FigureSubject | undefined)[]): boolean {
  return subjects.some((subject) => subject?.observation?.provenance === 'synthetic')
}
