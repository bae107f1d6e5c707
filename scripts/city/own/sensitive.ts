/**
 * Kinds of facility that a public map leaves out: armed forces, prisons, power, fuel and gas, large water works, dangerous
 * goods, state security. The lists are this project's own, on the safe side of what surveying authorities ask of public maps
 * (公开地图内容表示规范, 自然资规〔2023〕2号, is the text to check them against); a city's 自然资源 office has the last word,
 * edits this file, and names the codes of its own tables under `sensitive` of a layer.
 */
const TAGS: ReadonlyMap<string, readonly string[] | 'any'> = new Map(
  Object.entries({
    military: 'any',
    power: 'any',
    landuse: ['military'],
    building: ['military', 'barracks', 'bunker', 'transformer_tower', 'prison', 'jail', 'substation', 'fuel'],
    amenity: ['prison', 'fuel'],
    man_made: [
      'water_works',
      'storage_tank',
      'gasometer',
      'pumping_station',
      'bunker_silo',
      'communications_tower',
      'pipeline',
      'petroleum_well',
    ],
    industrial: ['fuel', 'oil', 'gas', 'nuclear', 'explosives', 'depot', 'refinery'],
    'tower:type': ['radar'],
    waterway: ['dam', 'fuel'],
    aeroway: ['airstrip'],
  } satisfies Record<string, readonly string[] | 'any'>),
)

/** Words that are a facility wherever they stand, in a name too, where 军 alone is mostly a surname or a general's road. */
const FACILITIES =
  /军事|军区|军分区|军营|军港|军用|军队|驻军|解放军|部队|武警|营房|营区|兵营|国防|民兵|战备|边防|雷达站|导弹|弹药|靶场|监狱|看守所|戒毒|拘留所|收押|核电|核设施|核燃料|放射性|油库|气库|油罐|储油|储气|加油站|加气站|加油加气|液化气|燃气站|燃气门站|储配站|输油|输气|危险品|爆炸物|炸药|变电|换流站|配电|开关站|发电|电厂|电站|水厂|水源地|国家安全/
/** Words that are one where a kind, class, type or use is told, and nothing else. */
const KINDS = /军|雷达|监教|安保用地/
const ENGLISH =
  /\b(prison|jail|detention|barracks?|military|army|navy|naval|air ?force|air ?base|ammunition|arsenal|missiles?|radar|nuclear|sub ?station|power (plant|station)|(fuel|petrol|gas|filling) station|(oil|fuel) (depot|terminal)|refinery|water ?works|explosives?)\b/i
const KIND_KEYS =
  /^(kind|class|type|subtype|category|fclass|use|usage|function|类型|类别|用途|性质|分类|功能|地类|地类名称|DLMC|YT|LX|LB|XZ|GN)$/i
const NAME_KEYS = /^(name|.*[_ ]name|name:.*|名称|全称|简称|别名|MC|JC)$/i

export interface Judged {
  /** Fields that a layer declares for its names and classes. */
  name?: string | undefined
  class?: string | undefined
  /** Values of its own fields that the city calls sensitive, codes above all. */
  codes?: Readonly<Record<string, readonly string[]>> | undefined
  /** Of roads and units, whose names often tell what they once led to: their names are not judged. */
  namedAfter?: boolean
}

/** Whether a public map must leave a feature out: by OpenStreetMap tags, by codes its city names, by any text of it. */
export function isSensitive(properties: Readonly<Record<string, unknown>>, judged: Judged = {}): boolean {
  return Object.entries(properties).some(([key, value]) => {
    if (codesOf(judged, key).includes(String(value).trim())) return true
    const isKind = key === judged.class || (KIND_KEYS.test(key) && key !== judged.name)
    const isName = key === judged.name || NAME_KEYS.test(key)
    if (judged.namedAfter && isName && !isKind) return false
    return textsOf(value).some((text) => isTagged(key, text) || isWorded(text, isKind))
  })
}

/** Tables may have a column of any name, `constructor` too. */
function codesOf({ codes }: Judged, key: string): readonly string[] {
  return codes && Object.hasOwn(codes, key) ? codes[key]! : []
}

/** A class told in codes says nothing to a list of words. */
export function isCode(text: string): boolean {
  return /^[a-z]{0,3}\d+$/i.test(text)
}

function isTagged(key: string, text: string): boolean {
  const values = TAGS.get(key.replace(/^(abandoned|disused|was|old):/, ''))
  const said = text.toLowerCase().split(/\s*;\s*/)
  return values === 'any' || said.some((one) => values?.includes(one) === true)
}

function isWorded(text: string, isKind: boolean): boolean {
  return FACILITIES.test(text) || (isKind && KINDS.test(text)) || ENGLISH.test(text.replace(/[_-]/g, ' '))
}

/** Tables hold text; GeoJSON may hold lists and objects too. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' || value === 'no' ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
