import type { Reading } from '../../domain/reading.ts'
import { describe, readNumber } from './number-text.ts'

/** What a data flag says of its value. */
export const flagMeanings = [
  'good',
  'maintenance',
  'broken',
  'stopped',
  'by-hand',
  'above-range',
  'below-range',
] as const
export type FlagMeaning = (typeof flagMeanings)[number]

/** The letters of HJ 212: N 正常 F 停运 M 维护 S 手工输入 D 故障 C 校准 T 超测上限 B 通讯异常, L 超测下限. */
const usualFlags: Readonly<Record<string, FlagMeaning>> = {
  N: 'good',
  F: 'stopped',
  M: 'maintenance',
  C: 'maintenance',
  S: 'by-hand',
  D: 'broken',
  B: 'broken',
  T: 'above-range',
  L: 'below-range',
}

type Judged = Pick<Reading, 'value' | 'status' | 'flags'> & { steps: { step: string; detail: string }[] }

/**
 * A delivered value under its data flag. What an instrument shows while it is broken, calibrated or its source stands still is no
 * measurement: the value is then missing, and the number stays in the lineage. Below the limit of detection the limit stands,
 * flagged: the true value is no higher.
 */
export function judgeValue(
  text: string | undefined,
  flag: string | undefined,
  own: Readonly<Record<string, FlagMeaning>>,
): Judged | { fault: string } {
  const meaning = flag === undefined || flag === '' ? 'good' : (own[flag] ?? usualFlags[flag])
  if (meaning === undefined) return { fault: `data flag ${describe(flag)} is not in the settings' flags` }
  const steps =
    flag === undefined || flag === 'N' ? [] : [{ step: 'data flag', detail: `${flag} = ${meaning}` }]
  if (meaning === 'maintenance' || meaning === 'broken' || meaning === 'stopped')
    return missing(text, meaning, steps)
  const read = readMeasured(text)
  if ('reason' in read) return { fault: read.reason }
  if (read.below)
    steps.push({ step: 'below detection', detail: `${describe(text)} = at most ${read.value ?? '—'}` })
  const kept = (status: Reading['status'], ...flags: NonNullable<Reading['flags']>): Judged => ({
    value: read.value,
    ...(read.value === null ? { status: 'M' as const } : status ? { status } : {}),
    ...(flags.length > 0 ? { flags } : {}),
    steps,
  })
  const below = read.below ? (['below-detection'] as const) : []
  switch (meaning) {
    case 'good':
      return kept(read.below ? 'U' : undefined, ...below)
    case 'by-hand':
      return kept(undefined, 'manual-entry', ...below)
    case 'above-range':
      return kept('U', 'out-of-range')
    case 'below-range':
      return kept('U', 'below-detection')
  }
}

function missing(text: string | undefined, meaning: FlagMeaning, steps: Judged['steps']): Judged {
  return {
    value: null,
    status: 'M',
    ...(meaning === 'stopped' ? {} : { flags: ['sensor-maintenance'] }),
    steps: [...steps, { step: 'not a measurement', detail: `delivered ${describe(text ?? '')}` }],
  }
}

/** <0.005, 0.005L and ND 未检出 are how laboratories write what they could not find. */
function readMeasured(
  text: string | undefined,
): { value: number | null; below: boolean } | { reason: string } {
  if (text === undefined) return { reason: 'the value is not there' }
  if (/^(ND|未检出)$/i.test(text)) return { value: null, below: true }
  const [, limit] = /^[<＜]\s*(\S+)$/.exec(text) ?? /^([\d.]+)L$/.exec(text) ?? []
  const read = readNumber(limit ?? text)
  return 'reason' in read ? read : { value: read.value, below: limit !== undefined && read.value !== null }
}
