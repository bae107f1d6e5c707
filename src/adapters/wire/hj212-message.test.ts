// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { answerText, readMessage, versionName } from './hj212-message.ts'
import { judgeValue } from './hj212-value.ts'

const packet = (more: string, cp: string) =>
  `QN=20260806143000000;ST=22;CN=2011;PW=1;MN=M1;${more}CP=&&${cp}&&`

function message(more: string, cp = '') {
  const read = readMessage(packet(more, cp))
  if ('fault' in read) throw new Error(read.fault)
  return read
}

test.each([
  ['Flag=0;', 'HJ/T 212-2005', 0],
  ['Flag=5;', 'HJ 212-2017', 4],
  ['Flag=9;', 'HJ 212-2025', 8],
  ['', 'HJ/T 212-2005', 0],
  ['Flag=41;', 'HJ 212 version bits 10', 40],
])('%s is %s, and is answered in its own version', (flag, name, answered) => {
  const read = message(flag)
  expect(versionName(read.flag)).toBe(name)
  expect(answerText(read)).toBe(`QN=20260806143000000;ST=91;CN=9014;PW=1;MN=M1;Flag=${answered};CP=&&&&`)
})

test('reads factors and their fields, Chinese among them', () => {
  const read = message('Flag=5;', 'DataTime=20260806143000;a34004-Rtd=35.0,a34004-Flag=N;i11001-Info=正常')
  expect(read.dataTime).toBe('20260806143000')
  expect([...read.factors]).toEqual([
    ['a34004', { Rtd: '35.0', Flag: 'N' }],
    ['i11001', { Info: '正常' }],
  ])
})

test('never reads 1,234 as 1', () => {
  expect(message('Flag=5;', 'a34004-Rtd=1,234,a34004-Flag=N').factors.get('a34004')).toEqual({
    Rtd: '1,234',
    Flag: 'N',
  })
})

test.each([
  ['QN=1;CN=2011;MN=2', 'no CP=&&…&& at its end'],
  ['CN=2011;CP=&&&&', 'no QN, MN'],
  ['QN=1;CN=2011;MN=2;Flag=256;CP=&&&&', 'Flag is no number of 0–255'],
  ['QN=1;CN=2011;MN=2;Flag=7;CP=&&&&', 'Flag tells of a divided message, PNUM and PNO do not number it'],
  [
    'QN=1;CN=2011;MN=2;Flag=7;PNUM=2;PNO=3;CP=&&&&',
    'Flag tells of a divided message, PNUM and PNO do not number it',
  ],
])('%s: %s', (text, fault) => {
  expect(readMessage(text)).toEqual({ fault })
})

describe('a value under its data flag', () => {
  test.each([
    ['35.0', 'N', { value: 35 }],
    ['35.0', undefined, { value: 35 }],
    ['35.0', 'S', { value: 35, flags: ['manual-entry'] }],
    ['500', 'T', { value: 500, status: 'U', flags: ['out-of-range'] }],
    ['0.1', 'L', { value: 0.1, status: 'U', flags: ['below-detection'] }],
    ['35.0', 'D', { value: null, status: 'M', flags: ['sensor-maintenance'] }],
    ['NaN', 'B', { value: null, status: 'M', flags: ['sensor-maintenance'] }],
    ['35.0', 'C', { value: null, status: 'M', flags: ['sensor-maintenance'] }],
    ['35.0', 'M', { value: null, status: 'M', flags: ['sensor-maintenance'] }],
    ['0', 'F', { value: null, status: 'M' }],
    ['', 'N', { value: null, status: 'M' }],
    ['<0.005', 'N', { value: 0.005, status: 'U', flags: ['below-detection'] }],
    ['0.005L', 'N', { value: 0.005, status: 'U', flags: ['below-detection'] }],
    ['ND', 'N', { value: null, status: 'M', flags: ['below-detection'] }],
  ])('%s %s', (text, flag, judged) => {
    const { steps, ...rest } = judgeValue(text, flag, {}) as { steps: unknown }
    expect(rest).toEqual(judged)
    expect(steps).toBeDefined()
  })

  test('what nobody declared refuses the value, what the settings declare does not', () => {
    expect(judgeValue('1', 'X', {})).toEqual({ fault: 'data flag "X" is not in the settings\' flags' })
    expect(judgeValue('1', 'X', { X: 'by-hand' })).toMatchObject({ value: 1, flags: ['manual-entry'] })
    expect(judgeValue('x', 'N', {})).toEqual({ fault: 'not a number: "x"' })
    expect(judgeValue(undefined, 'N', {})).toEqual({ fault: 'the value is not there' })
  })
})
