/** Where a street or town that a zone runs lies by administration. Only this parent sums; the zone is its operating parent. */
export interface ZoneStreet {
  county: string
  /** Who says so; absent where nobody was found and the place on the sketch decides: 示意. */
  basis?: string
}

const nanguan = '南关区公布的街道名单:委托开发区管理'
const civilAffairs = '吉林省民政厅批复(2020-07-03 公布),长春市朝阳区、绿园区部分行政区划调整'
const luyuan = '绿园区人民政府议案 长绿府议〔2019〕1号:以绿园区政府名义设立,由汽开区代管'
const erdao = '二道区街道名单(转载,待核)'

/** NBS hangs these 29 under zones 220171–220174. Without a record, the county unit next to the zone's recorded streets. */
export const zoneStreets: Readonly<Record<string, ZoneStreet>> = {
  '220171001': { county: '220102', basis: nanguan },
  '220171002': { county: '220105', basis: erdao },
  '220171003': { county: '220105' },
  '220171004': { county: '220105', basis: erdao },
  '220171100': { county: '220103' },
  '220172001': { county: '220102', basis: nanguan },
  '220172002': { county: '220102', basis: nanguan },
  '220172003': { county: '220102' },
  '220172004': { county: '220102' },
  '220172005': { county: '220102' },
  '220172006': { county: '220102' },
  '220172007': { county: '220102' },
  '220172008': { county: '220102' },
  '220172009': { county: '220102' },
  '220172100': { county: '220102', basis: nanguan },
  '220172101': { county: '220102', basis: nanguan },
  '220172102': { county: '220102', basis: nanguan },
  '220173001': { county: '220104', basis: civilAffairs },
  '220173002': { county: '220103' },
  '220173003': { county: '220104', basis: civilAffairs },
  '220173004': { county: '220104', basis: civilAffairs },
  '220173005': { county: '220104', basis: civilAffairs },
  '220173200': { county: '220103', basis: '高新区简介:代管宽城区奋进乡所属村(转载,待核)' },
  '220174001': { county: '220106', basis: luyuan },
  '220174002': { county: '220106', basis: luyuan },
  '220174003': { county: '220106', basis: civilAffairs },
  '220174004': { county: '220104', basis: civilAffairs },
  '220174005': { county: '220106' },
  '220174006': { county: '220106' },
}
