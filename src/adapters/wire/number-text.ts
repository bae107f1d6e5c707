import { trimmed } from '../../domain/unit.ts'

/** How a source writes "there is none". Anything else that is not a number is an error, so that a typing slip never reads as missing. */
const noneWords = new Set(['', '-', '--', '—', '——', '–', '－', '−', 'null', 'NULL', 'Null'])

const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/
const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/

export type NumberText = { value: number | null } | { reason: string }

/**
 * A delivered cell as a number: JSON numbers, `1,234.5`, full-width digits; dashes, `null` and empty are null.
 * Never NaN, never an infinity, never a boolean as 0 or 1, and null never becomes 0.
 */
export function readNumber(cell: unknown): NumberText {
  if (cell === null || cell === undefined) return { value: null }
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? { value: cell } : { reason: 'not a finite number' }
  if (typeof cell !== 'string') return { reason: `not a number: ${describe(cell)}` }
  const text = halfWidth(cell).trim()
  if (noneWords.has(text)) return { value: null }
  if (!plain.test(text) && !grouped.test(text)) return { reason: `not a number: ${describe(cell)}` }
  const value = Number(text.replaceAll(',', ''))
  return Number.isFinite(value) ? { value } : { reason: `too large a number: ${describe(cell)}` }
}

/** A fraction as per cent, without the dust of binary multiplication: 0.07 is 7, not 7.000000000000001. */
export function fractionToPercent(fraction: number): number {
  return trimmed(fraction * 100)
}

/** Full-width digits, signs, comma and point as ASCII. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

/** A delivered cell as an operator may read it in a report: short, on one line. */
export function describe(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? String(cell))
  // Control characters would let a source forge lines of a log.
  const line = text.replace(/\p{Cc}/gu, ' ')
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`
}
