/**
 * Kinds of facility that a public map leaves out. The list is this project's own, on the safe side of what surveying
 * authorities ask of public maps (公开地图内容表示规范, 自然资规〔2023〕2号, is the text to check it against); a city's 自然资源
 * office has the last word and edits this file.
 */
const TAGS: Record<string, readonly string[] | 'any'> = {
  military: 'any',
  landuse: ['military'],
  building: ['military', 'barracks', 'bunker', 'transformer_tower'],
  power: 'any',
  amenity: ['prison'],
  man_made: [
    'water_works',
    'storage_tank',
    'gasometer',
    'pumping_station',
    'bunker_silo',
    'communications_tower',
  ],
  industrial: ['fuel', 'oil', 'gas', 'nuclear', 'explosives', 'depot'],
  waterway: ['dam', 'fuel'],
  aeroway: ['airstrip'],
}

/** In whatever property holds a kind, class, type or use. */
const KINDS =
  /军|武警|国防|部队|营区|雷达|导弹|弹药|监狱|看守所|戒毒|核电|核设施|油库|气库|危险品|爆炸物|炸药|变电|换流站|发电厂|水厂|水源地|国家安全/
const KIND_KEYS = /^(kind|class|type|category|fclass|use|usage|类型|类别|用途|性质|分类)$/i
/** In names, where 军 alone is mostly a surname, a general's road or a garden estate. */
const NAMES =
  /军事|军区|军分区|部队|武警|营房|营区|雷达站|导弹|弹药|监狱|看守所|戒毒所|核电|油库|气库|变电站|变电所|换流站|发电厂|自来水厂|净水厂|国家安全/
const NAME_KEYS = /^(name|名称|MC)$/i

/**
 * Whether a public map must leave a feature out, by OSM tags or by the words of its kind and name.
 * @param byName false for roads and units, which are often named after what they once led to
 */
export function isSensitive(properties: Readonly<Record<string, unknown>>, byName = true): boolean {
  return Object.entries(properties).some(([key, value]) => {
    if (typeof value !== 'string' || value === '' || value === 'no') return false
    const values = TAGS[key]
    if (values === 'any' || values?.includes(value)) return true
    if (KIND_KEYS.test(key)) return KINDS.test(value)
    return byName && NAME_KEYS.test(key) && NAMES.test(value)
  })
}
