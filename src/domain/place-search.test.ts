import PinyinMatch from 'pinyin-match'
import { describe, expect, it } from 'vitest'
import { type Place, searchPlaces } from './place-search.ts'

const place = (kind: Place['kind'], id: string, name: string, also: string[] = []): Place => ({
  kind,
  id,
  name,
  also,
})
const places = [
  place('region', '220104', '朝阳区', ['朝阳', 'Chaoyang']),
  place('region', '220104007', '朝阳社区'),
  place('region', '220106', '绿园区', ['Lvyuan']),
  place('region', '220100', '长春市', ['Changchun']),
  place('facility', 'facilities/h-1', '医院 A'),
  place('enterprise', 'enterprises/e-1', '示范药企 B'),
  place('camera', 'cameras/c-7', '自由大桥 7 号'),
  place('incident', 'EV-20260806-001', '自由大桥下穿积水'),
  place('indicator', 'MAC.GDP.TOTAL', '地区生产总值', ['GDP', 'MAC.GDP.TOTAL']),
]
const names = (query: string): string[] =>
  searchPlaces(places, query, PinyinMatch.match).map((hit) => hit.place.name)

describe('searching places', () => {
  it.each(['朝阳', 'chaoyang', 'ChaoYang', 'cyq', 'chaoyangqu', 'chaoy'])(
    'finds 朝阳区 first by %s',
    (query) => {
      expect(names(query)[0]).toBe('朝阳区')
    },
  )

  it('knows the other sound of a character, and ü as v or u', () => {
    expect(names('changchun')[0]).toBe('长春市')
    expect(names('lvyuan')[0]).toBe('绿园区')
    expect(names('luyuan')[0]).toBe('绿园区')
  })

  it('finds what was written before what only sounds like it, and a beginning before a middle', () => {
    const two = [
      place('region', '1', '大桥镇'),
      place('region', '2', '自由大桥'),
      place('region', '3', '大侨村'),
    ]
    expect(searchPlaces(two, '大桥', PinyinMatch.match).map((hit) => hit.place.id)).toEqual(['1', '2'])
    expect(searchPlaces(two, 'dq', PinyinMatch.match).map((hit) => hit.place.id)).toEqual(['1', '3', '2'])
  })

  it('finds by code and English name, full-width letters and spaces around', () => {
    expect(names('mac.gdp')).toEqual(['地区生产总值'])
    expect(names(' ＧＤＰ ')).toEqual(['地区生产总值'])
    expect(names('yya')).toEqual(['医院 A'])
  })

  it('says which characters were meant, for both ways of asking', () => {
    expect(searchPlaces(places, '大桥', PinyinMatch.match)[0]!.range).toEqual([2, 3])
    expect(searchPlaces(places, 'yaoqi', PinyinMatch.match)[0]!.range).toEqual([2, 3])
    expect(searchPlaces(places, 'mac', PinyinMatch.match)[0]!.range).toBeUndefined()
  })

  it('finds nothing for nothing, nothing for nonsense, and no more than asked for', () => {
    expect(names('  ')).toEqual([])
    expect(names('zzzzz')).toEqual([])
    expect(searchPlaces(places, 'q', PinyinMatch.match, 2)).toHaveLength(2)
  })

  it('asks nothing of pinyin for a Chinese query', () => {
    const never = (): false => {
      throw new Error('asked')
    }
    expect(searchPlaces(places, '朝阳', never)).toHaveLength(2)
  })

  it('lists the incident before the camera where both are as good', () => {
    const same = [place('camera', 'c', '自由大桥'), place('incident', 'i', '自由大桥')]
    expect(searchPlaces(same, '自由', PinyinMatch.match).map((hit) => hit.place.kind)).toEqual([
      'incident',
      'camera',
    ])
  })
})
