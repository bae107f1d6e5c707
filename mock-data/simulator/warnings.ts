import { toInstant } from '../../src/domain/instant.ts'
import type { Warning } from '../../src/domain/warning.ts'
import { fraction, oneOf, whole } from './chance.ts'
import { cityParts, hourMs, minuteMs, zoneOffsetMs } from './city-time.ts'
import { counties } from './places.ts'

const slotMs = 8 * hourMs
const prefix = 'SIM-W-'

interface Phenomenon {
  event: string
  headline: string
  months: readonly number[]
}

/** Headlines state no quantity: a figure on a screen must come from an indicator. */
const phenomena: readonly Phenomenon[] = [
  { event: '暴雨', headline: '预计未来数小时部分地区有较强降雨，低洼地段可能积水', months: [6, 7, 8] },
  { event: '雷电', headline: '预计未来数小时部分地区有雷电活动，局地伴有短时大风', months: [5, 6, 7, 8, 9] },
  {
    event: '大风',
    headline: '预计今天白天到夜间部分地区阵风较大，请加固户外设施',
    months: [3, 4, 5, 10, 11],
  },
  {
    event: '大雾',
    headline: '预计今天夜间到明天早晨部分地区能见度较低，请注意行车安全',
    months: [9, 10, 11, 12, 1],
  },
  { event: '寒潮', headline: '预计未来两天全市气温明显下降，请做好防寒保暖', months: [10, 11, 12, 1, 2, 3] },
  {
    event: '道路结冰',
    headline: '预计今天夜间到明天早晨部分道路结冰，请注意行车安全',
    months: [11, 12, 1, 2, 3],
  },
  {
    event: '暴雪',
    headline: '预计未来数小时部分地区有较强降雪，请注意交通和设施农业',
    months: [11, 12, 2, 3],
  },
  { event: '森林火险', headline: '预计近日森林火险气象等级较高，请严格野外用火管理', months: [4, 5, 10] },
]

/** A demonstration record in the form of the issuing authority; it is synthetic and says so. */
function warningOfSlot(
  seed: string,
  slot: number,
): { warning: Warning; sentMs: number; expiresMs: number } | undefined {
  const start = slot * slotMs - zoneOffsetMs
  if (fraction(seed, 'warning', slot) > 0.42) return undefined
  const sentMs = start + whole(seed, 0, 300, 'warning', slot, 'minute') * minuteMs
  const expiresMs = sentMs + whole(seed, 6, 14, 'warning', slot, 'hours') * hourMs
  const { month } = cityParts(sentMs)
  const phenomenon = oneOf(
    seed,
    phenomena.filter(({ months }) => months.includes(month)),
    'warning',
    slot,
    'event',
  )
  const first = whole(seed, 0, counties.length - 1, 'warning', slot, 'first')
  const count = whole(seed, 2, 4, 'warning', slot, 'count')
  const regions = Array.from(
    { length: count },
    (_, index) => counties[(first + index) % counties.length]!.code,
  )
  const level = fraction(seed, 'warning', slot, 'level') < 0.5 ? 4 : 3
  const warning: Warning = {
    id: `${prefix}${slot.toString(36)}`,
    event: phenomenon.event,
    level,
    issuer: '长春市气象台',
    sentAt: toInstant(sentMs),
    expiresAt: toInstant(expiresMs),
    regions,
    headline: phenomenon.headline,
    provenance: 'synthetic',
  }
  return { warning, sentMs, expiresMs }
}

/** Warnings sent by the instant, not expired and not replaced by a later one of the same event, oldest first. */
export function warningsAt(seed: string, epochMs: number): Warning[] {
  const last = Math.floor((epochMs + zoneOffsetMs) / slotMs)
  const open: Warning[] = []
  for (let slot = last - 3; slot <= last; slot += 1) {
    const found = warningOfSlot(seed, slot)
    if (found && found.sentMs <= epochMs && found.expiresMs > epochMs) open.push(found.warning)
  }
  return open.filter(({ event }, index) => open.findLastIndex((later) => later.event === event) === index)
}

export function isSimulatedWarning(id: string): boolean {
  return id.startsWith(prefix)
}
