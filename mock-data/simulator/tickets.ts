import { oneOf } from './chance.ts'
import { hourMs, zoneOffsetMs } from './city-time.ts'
import { filled } from './filler-text.ts'
import { hourTopics, hourVolume } from './hotline.ts'
import { counties, topics } from './places.ts'

type Topic = (typeof topics)[number]

export interface Ticket {
  id: string
  receivedMs: number
  region: string
  topic: Topic
  kind: string
  text: string
}

const where = [
  '小区 A',
  '小区 B',
  '小区 C',
  '示例路',
  '示例街',
  '示例大桥附近',
  '学校 A 周边',
  '商场 A 门前',
  '公园 A',
  '市场 A',
]
const complaints: Record<Topic, readonly string[]> = {
  ponding: ['雨后积水较深,行人无法通过', '排水口堵塞,路面积水', '下穿通道积水,车辆绕行'],
  'water-supply': ['水压偏低,高层用水困难', '停水未见通知,询问恢复时间', '自来水发黄,要求检测'],
  property: ['物业未及时维修公共照明', '电梯反复故障,要求物业整改', '物业服务收费不清'],
  'night-noise': ['夜间施工影响休息', '商铺音响夜间扰民', '夜间货车装卸噪声大'],
  bus: ['公交间隔时间过长', '建议增设公交站点', '公交改线后换乘不便'],
  heating: ['室内温度偏低,要求测温', '暖气片不热,要求检修', '咨询供热收费办法'],
  roads: ['路面破损,影响通行', '人行道地砖松动', '井盖异响'],
  'social-security': ['咨询医保异地就医备案', '咨询养老保险转移接续', '咨询失业金申领条件'],
  sanitation: ['垃圾清运不及时', '公共厕所卫生较差', '道路清扫不到位'],
  parking: ['占用消防通道停车', '人行道违停', '咨询居民停车位办理'],
}
const asks = ['希望尽快处理', '要求回复办理结果', '此前已反映过,尚未解决', '请相关部门核实']
const kinds = ['求助', '投诉', '咨询', '建议']

/**
 * Requests received in [from, to), oldest first, with made-up text that names no real person or place. Their number in a
 * whole hour is the hour's volume.
 */
export function tickets(seed: string, fromMs: number, toMs: number): Ticket[] {
  const list: Ticket[] = []
  const first = Math.floor((fromMs + zoneOffsetMs) / hourMs)
  for (let hour = first; hour * hourMs - zoneOffsetMs < toMs; hour += 1) {
    const volume = hourVolume(seed, hour)
    const start = hour * hourMs - zoneOffsetMs
    const counts = hourTopics(seed, hour)
    for (let index = 0; index < volume; index += 1) {
      // The n-th of V arrives when the count of volumeToday steps to n.
      const receivedMs = start + Math.ceil(((index + 1) * hourMs) / volume)
      if (receivedMs >= fromMs && receivedMs < toMs)
        list.push(ticket(seed, `${hour.toString(36)}-${index}`, topicOf(counts, volume, index), receivedMs))
    }
  }
  return list
}

/** Spreads the hour's topics over its tickets in strides, so that the counts by topic come out as the hotline reports them. */
function topicOf(counts: readonly number[], volume: number, index: number): Topic {
  const stride = volume % 7919 === 0 ? 1 : 7919
  let place = (index * stride) % volume
  for (const [topic, count] of counts.entries()) {
    if (place < count) return topics[topic]!
    place -= count
  }
  return topics[0]
}

function ticket(seed: string, key: string, topic: Topic, receivedMs: number): Ticket {
  return {
    id: `T-${key}`,
    receivedMs,
    region: oneOf(seed, counties, 'ticket', key, 'county').code,
    topic,
    kind: oneOf(seed, kinds, 'ticket', key, 'kind'),
    text: filled('来电人反映@spot@matter,@wish。', {
      spot: oneOf(seed, where, 'ticket', key, 'where'),
      matter: oneOf(seed, complaints[topic], 'ticket', key, 'what'),
      wish: oneOf(seed, asks, 'ticket', key, 'ask'),
    }),
  }
}
