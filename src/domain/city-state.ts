import * as v from 'valibot'
import { countSituation } from './cockpit-counts.ts'
import type { SituationLists } from './situation-lists.ts'
import { fillTemplate, joinSegments, type Segment, templateSchema } from './segment.ts'
import { type Language, LocalTextSchema, listText, localText } from './text.ts'

/** Counts a rule of city-state.yaml may ask for. */
export const cityFactNames = [
  'overdue',
  'incidents',
  'trapped',
  'missing',
  'dead',
  'warnings',
  'graveWarnings',
  'lateSources',
  'alarms',
  'alarmsUnacknowledged',
  'emergency',
] as const
type CityFactName = (typeof cityFactNames)[number]

const ConditionSchema = v.strictObject({
  fact: v.picklist(cityFactNames),
  atLeast: v.pipe(v.number(), v.integer(), v.minValue(1)),
})

/** Placeholders of city-state.yaml and the count each one prints. {lateSources} prints names. */
const figures: Partial<Record<string, string>> = {
  overdue: 'GOV.COCKPIT.OVERDUE',
  incidents: 'GOV.COCKPIT.INCIDENTS',
  trapped: 'GOV.COCKPIT.TRAPPED',
  missing: 'GOV.COCKPIT.MISSING',
  dead: 'GOV.COCKPIT.DEAD',
  warnings: 'GOV.COCKPIT.WARNINGS',
  alarms: 'GOV.COCKPIT.ALARMS',
}
const SentenceSchema = templateSchema([...Object.keys(figures), 'lateSources'])

const PartSchema = v.strictObject({ when: ConditionSchema, text: SentenceSchema })

const calmWords = /平稳|平安|正常|\b(calm|stable|normal|quiet)\b/i

const StateSchema = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
    word: LocalTextSchema,
    /** Only a calm state may say 平稳, and only when nothing forbids it. */
    calm: v.boolean(),
    /** Holds when any of these does; absent: holds always. */
    any: v.optional(v.array(ConditionSchema)),
    /** What is said after the word: each part whose condition holds, in this order. */
    parts: v.optional(v.array(PartSchema), []),
    /** The rule in words, shown on a click. */
    rule: LocalTextSchema,
  }),
  v.check(
    ({ calm, word }) => calm || !calmWords.test(`${word.zh} ${word.en ?? ''}`),
    'only a state with calm: true may say 平稳',
  ),
)

/** city-state.yaml: which word stands over the city. The first state that holds is taken. */
export const CityStateSchema = v.pipe(
  v.strictObject({ states: v.pipe(v.array(StateSchema), v.minLength(2)) }),
  v.check(
    ({ states }) => new Set(states.map(({ id }) => id)).size === states.length,
    'every state has its own id',
  ),
  v.check(({ states }) => states.some(({ calm }) => !calm), 'at least one state is not calm'),
  v.check(
    ({ states }) => states.some(({ any }) => any === undefined),
    'one state without conditions must close the list',
  ),
)
export type CityStateConfig = v.InferOutput<typeof CityStateSchema>

export interface CityFacts {
  mode: 'peace' | 'emergency'
  overdue: number
  incidentsOpen: number
  trapped: number
  missing: number
  dead: number
  /** Official warnings in force by level, 1 红 … 4 蓝. */
  warningsByLevel: Record<1 | 2 | 3 | 4, number>
  worstWarningLevel: 1 | 2 | 3 | 4 | null
  /** Display names of critical sources that are late. */
  criticalLateSources: readonly string[]
  alarms: number
  alarmsUnacknowledged: number
}

export interface CityState {
  id: string
  word: string
  calm: boolean
  /** What is said after the word, parted by middle dots; empty when there is nothing to say. */
  parts: Segment[]
  rule: string
  facts: CityFacts
}

/** What the folded situation says of the city at an instant. */
export function cityFacts(
  situation: SituationLists,
  context: { nowMs: number; criticalLateSources: readonly string[] },
): CityFacts {
  const counts = countSituation(situation, context.nowMs)
  return {
    mode: situation.mode,
    overdue: counts.overdue,
    incidentsOpen: counts.open,
    trapped: counts.trapped,
    missing: counts.missing,
    dead: counts.dead,
    warningsByLevel: counts.warningsByLevel,
    worstWarningLevel: ([1, 2, 3, 4] as const).find((level) => counts.warningsByLevel[level] > 0) ?? null,
    criticalLateSources: context.criticalLateSources,
    alarms: counts.alarms,
    alarmsUnacknowledged: counts.alarmsUnacknowledged,
  }
}

/** The law above every YAML: while any of this holds, no calm word may stand over the city. */
export function mayBeCalm(facts: CityFacts): boolean {
  return (
    facts.mode === 'peace' &&
    facts.overdue === 0 &&
    facts.trapped + facts.missing + facts.dead === 0 &&
    (facts.worstWarningLevel === null || facts.worstWarningLevel === 4) &&
    facts.warningsByLevel[1] + facts.warningsByLevel[2] + facts.warningsByLevel[3] === 0 &&
    facts.criticalLateSources.length === 0
  )
}

function count(facts: CityFacts, name: CityFactName): number {
  const byLevel = facts.warningsByLevel
  switch (name) {
    case 'incidents':
      return facts.incidentsOpen
    case 'warnings':
      return byLevel[1] + byLevel[2] + byLevel[3] + byLevel[4]
    case 'graveWarnings':
      return byLevel[1] + byLevel[2] + byLevel[3]
    case 'lateSources':
      return facts.criticalLateSources.length
    case 'emergency':
      return facts.mode === 'emergency' ? 1 : 0
    default:
      return facts[name]
  }
}

/** The sentence over the city: the first state of the YAML that holds and that the law of `mayBeCalm` allows. */
export function cityState(config: CityStateConfig, facts: CityFacts, language: Language = 'zh'): CityState {
  const holds = ({ fact, atLeast }: v.InferOutput<typeof ConditionSchema>): boolean =>
    count(facts, fact) >= atLeast
  const allowed = config.states.filter(({ calm }) => !calm || mayBeCalm(facts))
  // When every state that holds is forbidden, the gravest word that is not calm stands: the first of the list.
  const state = allowed.find(({ any }) => any === undefined || any.some(holds)) ?? allowed[0]!
  const parts = state.parts
    .filter(({ when }) => holds(when))
    .map(({ text }) => fillTemplate(text, language, (name) => segment(name, facts, language)))
  return {
    id: state.id,
    word: localText(state.word, language),
    calm: state.calm,
    parts: joinSegments(parts),
    rule: localText(state.rule, language),
    facts,
  }
}

function segment(name: string, facts: CityFacts, language: Language): Segment {
  const indicator = figures[name]
  if (indicator === undefined) return { name: listText(facts.criticalLateSources, language) }
  return { figure: { indicator, value: count(facts, name as CityFactName), unit: '1' } }
}
