import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { type Row, readRow } from '../../adapters/wire/row-reading.ts'
import { loadEnglish, wordsOf } from '../../ui/words.ts'
import { stepText } from './lineage-words.ts'

const { t } = wordsOf(ref('zh'))

/** The steps a row really leaves behind, so that a reworded one shows here. */
function stepsOf(place: string, cells: Record<string, unknown>, notation: 'plain' | 'fraction') {
  const row: Row = { place, cell: (field) => cells[field], name: (field) => field }
  const read = readRow(
    row,
    {
      region: { const: '220100' },
      value: { field: 'value', notation },
      time: { field: 'time', format: 'month', ytd: false },
      unit: '%',
      dims: {},
      comparisons: [],
      interval: [],
    },
    { timeZone: 'Asia/Shanghai', request: 'GET http://upstream/', rawSha256: '' },
  )
  if (!('reading' in read)) throw new Error(read.refusal.reason)
  return read.reading.lineage.steps
}

describe('the words of a lineage', () => {
  it('name every step a row leaves behind, in Chinese without a Latin word', () => {
    const plain = stepsOf('page 2 row 14', { value: '1,234.5', time: '2026年6月' }, 'plain')
    expect(plain.map((step) => stepText(step, t))).toEqual([
      { step: '所在行', detail: '第 2 页第 14 行' },
      { step: '数值', detail: '"1,234.5" = 1234.5' },
      { step: '时间', detail: '"2026年6月"，按 month 读作 2026-06' },
    ])
    const [row, fraction] = stepsOf('row 3', { value: 0.057, time: '2026-06' }, 'fraction')
    expect(stepText(row!, t)).toEqual({ step: '所在行', detail: '第 3 行' })
    expect(stepText(fraction!, t).step).toBe('小数化为百分数')
  })

  it('tell a count by what it is', () => {
    expect(
      stepText({ step: 'count', detail: 'src/domain/cockpit-counts.ts over the folded journal' }, t),
    ).toEqual({
      step: '计数',
      detail: '由本系统按同一口径计数',
    })
  })

  it('leave a step of an adapter of its own, or a detail of another form, as they came', () => {
    for (const step of [
      { step: 'decode', detail: 'tag 7 as float32' },
      { step: 'constructor', detail: '' },
    ])
      expect(stepText(step, t)).toEqual(step)
    expect(stepText({ step: 'row', detail: 'sheet A, row 3' }, t).detail).toBe('sheet A, row 3')
  })

  it('follow the language', async () => {
    await loadEnglish()
    expect(stepText({ step: 'row', detail: 'page 2 row 14' }, wordsOf(ref('en')).t)).toEqual({
      step: 'Row',
      detail: 'page 2, row 14',
    })
  })
})
