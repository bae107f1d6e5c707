import type { Lineage } from '../../domain/observation.ts'
import type { Words } from '../../ui/words.ts'

type Step = Lineage['steps'][number]

const names = {
  row: 'analyst.step.row',
  time: 'analyst.step.time',
  number: 'analyst.step.number',
  'fraction × 100': 'analyst.step.fraction',
  count: 'analyst.step.count',
  rollup: 'analyst.total',
} as const

/** A step of a value's way in the reader's language; one that an adapter of its own names, as it names it. */
export function stepText({ step, detail }: Step, t: Words['t']): Step {
  const key = Object.hasOwn(names, step) ? names[step as keyof typeof names] : undefined
  return { step: key ? t(key) : step, detail: detailText(step, detail, t) }
}

function detailText(step: string, detail: string, t: Words['t']): string {
  if (step === 'row') {
    const [, page, row] = /^(?:page (\d+) )?row (\d+)$/.exec(detail) ?? []
    if (row !== undefined) return page ? t('analyst.pageRow', { page, row }) : t('analyst.rowOf', { row })
  }
  if (step === 'time') {
    const [, cell, format, read] = /^(.+) as (\S+) = (\S+)$/.exec(detail) ?? []
    if (cell && format && read) return t('analyst.timeRead', { cell, format, read })
  }
  return step === 'count' ? t('analyst.counted') : detail
}
