import { expect, it } from 'vitest'
import { isSensitive } from './sensitive.ts'

it.each([
  [{ military: 'base' }, true],
  [{ 'disused:military': 'bunker' }, true],
  [{ power: 'substation' }, true],
  [{ power: 'no' }, false],
  [{ amenity: 'prison' }, true],
  [{ amenity: 'fuel' }, true],
  [{ building: 'Prison' }, true],
  [{ building: 'yes;barracks' }, true],
  [{ amenity: 'school' }, false],
  [{ 用途: '军事用地' }, true],
  [{ name: '某某变电站' }, true],
  [{ name: '某某加油站' }, true],
  [{ name: 'Test City Prison' }, true],
  [{ fclass: 'military_base' }, true],
  [{ name: '将军花园' }, false],
  [{ name: '核心区小学', kind: '教育' }, false],
  [{ height: 12, note: '军' }, false],
  [{ height: 12, note: '军事用地' }, true],
  [{ tags: { use: ['看守所'] } }, true],
  [{ constructor: '某某建筑公司' }, false],
])('%j: %s', (properties, sensitive) => {
  expect(isSensitive(properties)).toBe(sensitive)
})

it('judges the fields that a layer declares, whatever they are called', () => {
  expect(isSensitive({ constructor: '0807' }, { codes: { DLBM: ['0807'] } })).toBe(false)
  expect(isSensitive({ A1: '军' })).toBe(false)
  expect(isSensitive({ A1: '军' }, { class: 'A1' })).toBe(true)
  expect(isSensitive({ A1: '091' }, { class: 'A1' })).toBe(false)
  expect(isSensitive({ A1: '091' }, { class: 'A1', codes: { A1: ['091'] } })).toBe(true)
  expect(isSensitive({ A1: 91 }, { codes: { A1: ['91'] } })).toBe(true)
})

it('takes no road or unit for what it is named after', () => {
  const namedAfter = { name: 'LM', namedAfter: true }
  expect(isSensitive({ name: '油库街', alt_name: '军营路' }, namedAfter)).toBe(false)
  expect(isSensitive({ name: '军粮城街道' }, namedAfter)).toBe(false)
  expect(isSensitive({ LM: '监狱路' }, namedAfter)).toBe(false)
  expect(isSensitive({ type: '军用道路' }, namedAfter)).toBe(true)
  expect(isSensitive({ LM: '一号路', SM: '军用道路' }, namedAfter)).toBe(true)
})
