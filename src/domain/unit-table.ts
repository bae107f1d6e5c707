/** One way to show values of a unit. `factor` says how many base units make one of it. */
export interface UnitScale {
  zh: string
  en: string
  factor: number
  decimals: number
  /** English counts in thousands: the factor and decimals it uses where they differ. */
  enFactor?: number
  enDecimals?: number
  /** 7′48″ instead of a decimal number. */
  format?: 'minutes-seconds'
}

export interface Unit {
  /** UCUM, with curly-brace annotations for things that are counted. `[mu]` is the Chinese 亩, which UCUM lacks. */
  code: string
  /** Only units of one kind convert into each other. */
  kind: string
  /** How many of the kind's first unit make one. */
  factor: number
  offset?: number
  /** True where a ratio of two values means nothing: temperatures, levels, decibels. */
  interval?: true
  scales: readonly UnitScale[]
}

const plain = (zh: string, en: string, decimals: number): UnitScale => ({ zh, en, factor: 1, decimals })
/** 万 and 亿 beside the plain word; English reads 万 in thousands and 亿 in billions. */
const tenThousands = (zh: string, en: string): UnitScale => ({
  zh: `万${zh}`,
  en: `k ${en}`,
  factor: 1e4,
  decimals: 1,
  enFactor: 1e3,
  enDecimals: 0,
})
const hundredMillions = (zh: string, en: string): UnitScale => ({
  zh: `亿${zh}`,
  en: `bn ${en}`,
  factor: 1e8,
  decimals: 2,
  enFactor: 1e9,
  enDecimals: 3,
})

function simple(code: string, kind: string, factor: number, zh: string, en: string, decimals: number): Unit {
  return { code, kind, factor, scales: [plain(zh, en, decimals)] }
}

/** A thing that is counted converts into nothing else. */
function counted(name: string, zh: string, en: string, large: 'none' | 'wan' | 'yi' = 'none'): Unit {
  const scales = [plain(zh, en, 0)]
  if (large !== 'none') scales.push(tenThousands(zh, en))
  if (large === 'yi') scales.push(hundredMillions(zh, en))
  return { code: `{${name}}`, kind: name, factor: 1, scales }
}

const interval = (unit: Unit): Unit => ({ ...unit, interval: true })

const money: Unit[] = [
  {
    code: 'CNY',
    kind: 'money',
    factor: 1,
    scales: [
      plain('元', 'CNY', 0),
      tenThousands('元', 'CNY'),
      { ...hundredMillions('元', 'CNY'), decimals: 1, enDecimals: 2 },
    ],
  },
  {
    code: 'USD',
    kind: 'dollars',
    factor: 1,
    scales: [plain('美元', 'USD', 0), tenThousands('美元', 'USD'), hundredMillions('美元', 'USD')],
  },
  {
    code: 'CNY/[mu]',
    kind: 'money per area',
    factor: 3 / 2000,
    scales: [
      plain('元/亩', 'CNY/mu', 0),
      { zh: '万元/亩', en: 'k CNY/mu', factor: 1e4, decimals: 1, enFactor: 1e3, enDecimals: 0 },
    ],
  },
  simple('CNY/m2', 'money per area', 1, '元/平方米', 'CNY/m²', 0),
  simple('CNY/{person}', 'money per head', 1, '元/人', 'CNY per head', 0),
  simple('CNY/h', 'wage', 1, '元/小时', 'CNY/h', 2),
]

const ratios: Unit[] = [
  simple('%', 'ratio', 0.01, '%', '%', 1),
  simple('1', 'ratio', 1, '', '', 2),
  simple('[ppth]', 'ratio', 0.001, '‰', '‰', 2),
  simple('[ppm]', 'ratio', 1e-6, 'ppm', 'ppm', 1),
  simple('pp', 'percentage points', 1, '个百分点', 'pp', 1),
  simple('%{LEL}', 'explosive limit', 1, '%LEL', '%LEL', 1),
]

const counts: Unit[] = [
  counted('person', '人', 'people', 'yi'),
  counted('visit', '人次', 'visits', 'yi'),
  counted('case', '件', 'cases', 'wan'),
  counted('incident', '起', 'incidents'),
  counted('patient', '例', 'cases of illness'),
  counted('household', '户', 'entities', 'wan'),
  counted('enterprise', '家', 'enterprises', 'wan'),
  counted('piece', '个', 'items', 'wan'),
  counted('item', '项', 'matters'),
  counted('place', '处', 'places'),
  counted('set', '台', 'units', 'wan'),
  counted('batch', '批', 'batches'),
  counted('call', '次', 'times', 'wan'),
  counted('channel', '路', 'channels'),
  counted('team', '支', 'teams'),
  counted('post', '条', 'posts', 'wan'),
  counted('vehicle', '辆', 'vehicles', 'wan'),
  counted('flight', '架次', 'flights'),
  counted('bed', '张', 'beds'),
  counted('section', '个断面', 'sections'),
  counted('score', '分', 'points'),
  { code: '{index}', kind: 'index', factor: 1, scales: [plain('', '', 1)] },
  interval(counted('level', '级', 'level')),
  interval(counted('class', '类', 'class')),
  interval({ code: '{magnitude}', kind: 'magnitude', factor: 1, scales: [plain('级', 'M', 1)] }),
  interval({ code: '[pH]', kind: 'pH', factor: 1, scales: [plain('', '', 2)] }),
  simple('{person}/km2', 'density', 1, '人/平方千米', 'people/km²', 0),
  {
    code: '{person}/CNY',
    kind: 'people per money',
    factor: 1,
    scales: [{ zh: '人/亿元', en: 'people per 100 M CNY', factor: 1e-8, decimals: 4 }],
  },
]

const energyAndMass: Unit[] = [
  {
    code: 'kW.h',
    kind: 'energy',
    factor: 1,
    scales: [
      plain('千瓦时', 'kWh', 0),
      { zh: '万千瓦时', en: 'MWh', factor: 1e4, decimals: 1, enFactor: 1e3, enDecimals: 0 },
      { zh: '亿千瓦时', en: 'GWh', factor: 1e8, decimals: 2, enFactor: 1e6, enDecimals: 0 },
    ],
  },
  simple('MW.h', 'energy', 1e3, '兆瓦时', 'MWh', 1),
  simple('GW.h', 'energy', 1e6, '吉瓦时', 'GWh', 1),
  {
    code: 'kW',
    kind: 'power',
    factor: 1,
    scales: [
      plain('千瓦', 'kW', 0),
      { zh: '万千瓦', en: 'MW', factor: 1e4, decimals: 1, enFactor: 1e3, enDecimals: 0 },
    ],
  },
  simple('MW', 'power', 1e3, '兆瓦', 'MW', 1),
  {
    code: 't',
    kind: 'mass',
    factor: 1,
    scales: [
      plain('吨', 't', 0),
      tenThousands('吨', 't'),
      { zh: '亿吨', en: 'Mt', factor: 1e8, decimals: 2, enFactor: 1e6, enDecimals: 0 },
    ],
  },
  simple('kg', 'mass', 1e-3, '千克', 'kg', 1),
  simple('kg/har', 'mass per area', 1, '千克/公顷', 'kg/ha', 0),
  simple('[jin]', 'mass', 5e-4, '斤', 'jin', 0),
  {
    code: 't/CNY',
    kind: 'intensity',
    factor: 1,
    scales: [{ zh: '吨/万元', en: 't per 10 k CNY', factor: 1e-4, decimals: 3 }],
  },
  {
    code: 't{ce}/CNY',
    kind: 'energy intensity',
    factor: 1,
    scales: [{ zh: '吨标准煤/万元', en: 'tce per 10 k CNY', factor: 1e-4, decimals: 3 }],
  },
  {
    code: 't{ce}',
    kind: 'coal equivalent',
    factor: 1,
    scales: [plain('吨标准煤', 'tce', 0), tenThousands('吨标准煤', 'tce')],
  },
]

const lengthsAndAreas: Unit[] = [
  simple('m', 'length', 1, '米', 'm', 2),
  simple('mm', 'length', 1e-3, '毫米', 'mm', 1),
  simple('cm', 'length', 1e-2, '厘米', 'cm', 0),
  simple('km', 'length', 1e3, '千米', 'km', 1),
  {
    code: 'm2',
    kind: 'area',
    factor: 1,
    scales: [plain('平方米', 'm²', 0), { zh: '万平方米', en: 'ha', factor: 1e4, decimals: 1 }],
  },
  { code: 'km2', kind: 'area', factor: 1e6, scales: [plain('平方千米', 'km²', 1)] },
  simple('har', 'area', 1e4, '公顷', 'ha', 1),
  { code: '[mu]', kind: 'area', factor: 2000 / 3, scales: [plain('亩', 'mu', 0), tenThousands('亩', 'mu')] },
  {
    code: 'm3',
    kind: 'volume',
    factor: 1,
    scales: [
      plain('立方米', 'm³', 0),
      tenThousands('立方米', 'm³'),
      { zh: '亿立方米', en: 'million m³', factor: 1e8, decimals: 2, enFactor: 1e6, enDecimals: 0 },
    ],
  },
  simple('L', 'volume', 1e-3, '升', 'L', 1),
  simple('m3/s', 'flow', 1, '立方米/秒', 'm³/s', 1),
  { code: 'm3/h', kind: 'flow', factor: 1 / 3600, scales: [plain('立方米/时', 'm³/h', 0)] },
  {
    code: 'm3/d',
    kind: 'flow',
    factor: 1 / 86_400,
    scales: [
      plain('立方米/日', 'm³/d', 0),
      { zh: '万立方米/日', en: 'k m³/d', factor: 1e4, decimals: 1, enFactor: 1e3, enDecimals: 0 },
    ],
  },
  simple('m/s', 'speed', 1, '米/秒', 'm/s', 1),
  simple('km/h', 'speed', 1 / 3.6, '千米/时', 'km/h', 1),
  simple('mm/h', 'rain rate', 1, '毫米/时', 'mm/h', 1),
]

const environment: Unit[] = [
  interval({ code: 'Cel', kind: 'temperature', factor: 1, offset: 273.15, scales: [plain('℃', '℃', 1)] }),
  interval(simple('K', 'temperature', 1, 'K', 'K', 1)),
  simple('ug/m3', 'concentration in air', 1, '微克/立方米', 'µg/m³', 0),
  simple('mg/m3', 'concentration in air', 1e3, '毫克/立方米', 'mg/m³', 1),
  simple('mg/L', 'concentration in water', 1, '毫克/升', 'mg/L', 2),
  simple('ug/L', 'concentration in water', 1e-3, '微克/升', 'µg/L', 2),
  simple('MPa', 'pressure', 1, '兆帕', 'MPa', 2),
  simple('kPa', 'pressure', 1e-3, '千帕', 'kPa', 1),
  simple('hPa', 'pressure', 1e-4, '百帕', 'hPa', 1),
  simple('NTU', 'turbidity', 1, 'NTU', 'NTU', 2),
  simple('uS/cm', 'conductivity', 1, '微西门子/厘米', 'µS/cm', 0),
  interval(simple('dB', 'sound level', 1, '分贝', 'dB', 1)),
  interval(simple('deg', 'angle', 1, '°', '°', 0)),
]

const times: Unit[] = [
  {
    code: 's',
    kind: 'time',
    factor: 1,
    scales: [
      plain('秒', 's', 0),
      { zh: '分秒', en: 'min s', factor: 1, decimals: 0, format: 'minutes-seconds' },
    ],
  },
  simple('min', 'time', 60, '分钟', 'min', 1),
  simple('h', 'time', 3600, '小时', 'h', 2),
  simple('d', 'time', 86_400, '天', 'days', 0),
  simple('wk', 'time', 604_800, '周', 'weeks', 0),
  // A month and a year have no fixed length: they convert into each other only.
  simple('mo', 'calendar time', 1, '个月', 'months', 1),
  simple('a', 'calendar time', 12, '年', 'years', 1),
]

/** Every unit a figure may have. Values convert within a kind by `factor` (and `offset`), and nowhere else. */
export const units: readonly Unit[] = [
  ...money,
  ...ratios,
  ...counts,
  ...energyAndMass,
  ...lengthsAndAreas,
  ...environment,
  ...times,
]
