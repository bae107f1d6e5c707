const digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/**
 * 农历 month and day in the way people write them: 六月廿四, 腊月初一, 闰六月十五. Empty where the platform has no
 * Chinese calendar. `nowMs` is an instant, `timeZone` the city's.
 */
export function lunarDate(nowMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('zh-u-ca-chinese', {
    month: 'long',
    day: 'numeric',
    timeZone,
  }).formatToParts(nowMs)
  const month = parts.find((part) => part.type === 'month')?.value ?? ''
  const day = Number(parts.find((part) => part.type === 'day')?.value)
  return month.includes('月') && day >= 1 && day <= 30 ? month + lunarDay(day) : ''
}

function lunarDay(day: number): string {
  if (day === 20) return '二十'
  if (day === 30) return '三十'
  const unit = digits[(day - 1) % 10]!
  if (day <= 10) return `初${unit}`
  return (day < 20 ? '十' : '廿') + unit
}
