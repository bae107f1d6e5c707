// @vitest-environment node
import { utils, write } from '@e965/xlsx'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { absentIo } from '../../contracts/absent-io.ts'
import type { Io } from '../../contracts/io.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import file from './file.ts'

const head = '地区,指标,时期,数值,等级'
const fields = {
  region: { field: '地区', map: { 长春市: '220100' } },
  time: { field: '时期', format: 'period' },
  value: { field: '数值' },
  unit: '1',
}

function ioWith(name: string, bytes: Uint8Array): Io {
  return {
    ...absentIo('a test'),
    http: () => Promise.reject(new SourceError('no http')),
    file: (path) =>
      path === `in/${name}`
        ? Promise.resolve({
            name,
            bytes,
            sha256: String(bytes.length).padStart(64, '0'),
            modifiedAt: '2026-08-06T00:00:00Z',
          })
        : Promise.reject(new SourceError(`no ${path}`)),
    now: () => 0,
    random: () => 0,
    signal: new AbortController().signal,
    secret: () => '',
    timeZone: 'Asia/Shanghai',
  }
}

async function read(
  content: string | Uint8Array,
  part: { settings?: object; mapping?: object; name?: string } = {},
) {
  const name = part.name ?? 'a.csv'
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const settings = v.parse(file.settings, { folder: 'in', file: name, ...part.settings })
  const mapping = v.parse(file.mapping, { fields, ...part.mapping })
  const taken: { readings: Reading[]; refusals: Refusal[] } = { readings: [], refusals: [] }
  for await (const page of file.read(settings, mapping, { from: '', to: '' }, ioWith(name, bytes))) {
    taken.readings.push(...page.readings)
    taken.refusals.push(...page.refusals)
  }
  return taken
}

function sheetBytes(rows: unknown[][], merges: string[] = []): Uint8Array {
  const sheet = utils.aoa_to_sheet(rows)
  sheet['!merges'] = merges.map((range) => utils.decode_range(range))
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '表')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
}

describe('file', () => {
  it('reports a bad row with its number, column and reason, and takes the others', async () => {
    const { readings, refusals } = await read(
      `${head}\n长春市,甲,2026-06,7,A\n\n吉林市,甲,2026-13,约8,A\n长春市,甲,2026-05,—,A\n`,
    )
    expect(readings.map(({ value, lineage }) => [value, lineage.steps[0]?.detail])).toEqual([
      [7, 'row 2'],
      [null, 'row 5'],
    ])
    expect(refusals).toHaveLength(1)
    expect(refusals[0]?.row).toBe('row 4')
    for (const part of [
      'column 4 数值: not a number: "约8"',
      'column 1 地区: "吉林市" is not in the map',
      'column 3 时期: not a time',
    ])
      expect(refusals[0]?.reason).toContain(part)
  })

  it('keeps rows below grade out, with the reason and the grade', async () => {
    const settings = { grade: { column: '等级', accept: ['A'], reason: '待核' } }
    const { readings, refusals } = await read(`${head}\n长春市,甲,2026-06,7,B\n长春市,甲,2026-05,8,A\n`, {
      settings,
    })
    expect(readings.map(({ value }) => value)).toEqual([8])
    expect(refusals).toEqual([{ row: 'row 2', reason: '待核 (等级 "B")' }])
  })

  it('takes nothing when one row is bad and all or nothing is wanted', async () => {
    const { readings, refusals } = await read(`${head}\n长春市,甲,2026-06,7,A\n长春市,甲,2026-05,x,A\n`, {
      settings: { allOrNothing: true },
    })
    expect(readings).toEqual([])
    expect(refusals.at(-1)?.reason).toBe('nothing taken: 1 good rows wait until the others are mended')
  })

  it('reads only the rows of its indicator', async () => {
    const { readings } = await read(
      `${head}\n长春市,甲,2026-06,7,A\n长春市,乙,2026-06,8,A\n长春市,丙,2026-06,9,A\n`,
      { mapping: { where: { 指标: ['甲', '丙'] } } },
    )
    expect(readings.map(({ value }) => value)).toEqual([7, 9])
  })

  it('reads GB18030 and UTF-16 by itself, and says when a text is neither what was declared', async () => {
    const gb = Uint8Array.from([
      ...new TextEncoder().encode('a,b\n'),
      0xb3,
      0xa4,
      0xb4,
      0xba,
      0xca,
      0xd0,
      ...new TextEncoder().encode(',5\n'),
    ])
    const mapping = {
      fields: {
        ...fields,
        region: { field: 'a', map: { 长春市: '220100' } },
        time: { field: 'b', format: 'period' },
        value: { field: 'b' },
      },
    }
    expect((await read(gb, { mapping })).refusals[0]?.reason).toBe(
      'column 2 b: not a time written as period: "5"',
    )
    await expect(read(gb, { mapping, settings: { encoding: 'utf-8' } })).rejects.toThrow(
      'a.csv is not text in utf-8',
    )
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(`${head}\n长春市,甲,2026-06,7,A\n`, (c) => c.charCodeAt(0)).buffer),
    ])
    expect((await read(utf16)).readings).toHaveLength(1)
  })

  it.each([
    ['a column that is not there', '地区,时期\n长春市,2026\n', 'a.csv has no column 数值; it has 地区, 时期'],
    ['a heading given twice', '地区,数值,数值\n', 'the heading 数值 stands in columns 2 and 3'],
    ['a quote that never ends', `${head}\n"长春市,甲\n`, 'quote not closed'],
    ['a file without rows', '', 'has no row 1 for the headings'],
    ['bytes that are no text', '地区\u0000', 'is not text'],
  ])('says of %s what is wrong', async (_, text, reason) => {
    await expect(read(text)).rejects.toThrow(reason)
  })

  it('refuses a row with too many cells, as a comma too many makes one', async () => {
    expect((await read(`${head}\n长春市,甲,2026-06,1,234,A\n`)).refusals).toEqual([
      { row: 'row 2', reason: 'has 6 cells, the headings are 5' },
    ])
  })

  it('names the rows and columns of merged cells', async () => {
    const rows = [head.split(','), ['长春市', '甲', '2026-06', 7, 'A'], ['', '甲', '2026-05', 8, 'A']]
    await expect(read(sheetBytes(rows, ['A2:A3']), { name: 'a.xlsx' })).rejects.toThrow(
      'merged cells: rows 2–3 columns 1–1',
    )
  })

  it('reads dates and numbers of a sheet below a merged title, and no formula', async () => {
    const rows: unknown[][] = [
      ['月报'],
      ['月份', '地区', '数值'],
      [{ t: 'n', v: 46174, z: 'yyyy-mm-dd' }, '长春市', { t: 'n', v: 7, f: '3+4' }],
    ]
    const mapping = { fields: { ...fields, time: { field: '月份', format: 'day' } } }
    const { readings } = await read(sheetBytes(rows, ['A1:C1']), {
      name: 'a.xlsx',
      settings: { headerRow: 2 },
      mapping,
    })
    expect(readings.map(({ at, value }) => [at, value])).toEqual([[{ label: '2026-06-01' }, 7]])
  })

  it('does not unpack a sheet that says it is too large, nor takes anything else for one', async () => {
    const bytes = sheetBytes([head.split(',')])
    const view = new DataView(bytes.buffer)
    const entry = view.getUint32(bytes.length - 22 + 16, true)
    view.setUint32(entry + 24, 4_000_000_000, true)
    await expect(read(bytes, { name: 'a.xlsx' })).rejects.toThrow('more than a sheet may have')
    await expect(read('not a zip', { name: 'a.xlsx' })).rejects.toThrow('not an XLSX file')
  })

  it('reads nothing outside its folder', () => {
    for (const name of ['../secrets.csv', '/etc/a.csv'])
      expect(v.safeParse(file.settings, { folder: 'in', file: name }).success).toBe(false)
    expect(v.safeParse(file.settings, { folder: '../in', file: 'a.csv' }).success).toBe(false)
  })
})
