import type { Language } from '../../domain/text.ts'

/** Of a base map that may not be shown or cannot be read: fetched when there is one. */
const zh = {
  'basemap.refused': '底图未能使用：{reason}',
  'basemap.unread': '底图未能读取，其余栏目不受影响：{detail}',
  'basemap.layer': '图层 {layer} ',
  'basemap.whole': '{name}底图',
  'basemap.refusal.licence': '{subject}未注明许可',
  'basemap.refusal.crs': '{subject}未注明坐标系',
  'basemap.refusal.source': '{subject}未注明来源',
  'basemap.refusal.approval': '{subject}标为公开使用而无审图号',
  'basemap.refusal.boundaries': '{subject}没有行政区界线图层',
  'basemap.mend': '处理：补全所列图层的许可、坐标系、来源或审图号，用 npm run city 重新生成底图，再刷新本页',
}

const en: Record<keyof typeof zh, string> = {
  'basemap.refused': 'The base map cannot be used: {reason}',
  'basemap.unread': 'The base map cannot be read, everything else goes on: {detail}',
  'basemap.layer': 'layer {layer}',
  'basemap.whole': 'the base map of {name}',
  'basemap.refusal.licence': '{subject} names no licence',
  'basemap.refusal.crs': '{subject} names no coordinate system',
  'basemap.refusal.source': '{subject} names no source',
  'basemap.refusal.approval': '{subject} is for public use and has no approval number (审图号)',
  'basemap.refusal.boundaries': '{subject} has no layer of boundaries',
  'basemap.mend':
    'To mend it: give the layers named their licence, coordinate system, source or approval number, build the base map again with npm run city and reload this page',
}

export type RefusalWord = keyof typeof zh
export const refusalWords: Record<Language, Record<RefusalWord, string>> = { zh, en }
