/** What a packet of HJ 212 says. */
export interface Message {
  /** Request number: when the packet was made, yyyyMMddHHmmssSSS in the device's local time. */
  qn: string
  /** Class of system: 21 surface water, 22 air quality, 31 air source, 32 water source … */
  st: string
  /** Command: 2011 real-time, 2051 minutes, 2061 hour, 2031 day, 9015 heartbeat … */
  cn: string
  /** Device. */
  mn: string
  password: string
  flag: Flag
  /** Of a divided message: which packet of how many. */
  part: { number: number; of: number } | undefined
  /** yyyyMMddHHmmss, where the packet tells it. */
  dataTime: string | undefined
  /** By code of the factor, then by field: a34004 → {Rtd: '35.0', Flag: 'N'}. */
  factors: ReadonlyMap<string, Readonly<Record<string, string>>>
}

export interface Flag {
  /** Bit 0: the sender waits for an answer. */
  wantsAnswer: boolean
  /** Bit 1: PNUM and PNO stand in the packet. */
  divided: boolean
  /** Bits 2–7: 0 is HJ/T 212-2005, 1 HJ 212-2017, 2 HJ 212-2025. */
  version: number
}

const versions: Readonly<Record<number, string>> = {
  0: 'HJ/T 212-2005',
  1: 'HJ 212-2017',
  2: 'HJ 212-2025',
}

export const versionName = ({ version }: Flag): string =>
  versions[version] ?? `HJ 212 version bits ${version}`

/** The packet's text as a message, or why it is none. */
export function readMessage(text: string): Message | { fault: string } {
  const opening = text.indexOf('CP=&&')
  if (opening === -1 || !text.endsWith('&&') || text.length < opening + 7)
    return { fault: 'no CP=&&…&& at its end' }
  const head = pairsOf(text.slice(0, opening))
  const body = pairsOf(text.slice(opening + 5, -2))
  const missing = ['QN', 'CN', 'MN'].filter((name) => !head.has(name))
  // A heartbeat of old devices has no request number; nobody could answer it.
  if (missing.length > 0) return { fault: `no ${missing.join(', ')}` }
  const flag = readFlag(head.get('Flag'))
  if (!flag) return { fault: 'Flag is no number of 0–255' }
  const part = readPart(flag, head, body)
  if (part === 'bad') return { fault: 'Flag tells of a divided message, PNUM and PNO do not number it' }
  return {
    qn: head.get('QN') ?? '',
    st: head.get('ST') ?? '',
    cn: head.get('CN') ?? '',
    mn: head.get('MN') ?? '',
    password: head.get('PW') ?? '',
    flag,
    part,
    dataTime: body.get('DataTime'),
    factors: factorsOf(body),
  }
}

function pairsOf(text: string): Map<string, string> {
  const pairs = new Map<string, string>()
  let last: string | undefined
  for (const [, mark = '', pair = ''] of text.matchAll(/(^|[;,])([^;,]*)/g)) {
    const at = pair.indexOf('=')
    if (at > 0) pairs.set((last = pair.slice(0, at).trim()), pair.slice(at + 1).trim())
    // 1,234 must not be read as 1.
    else if (pair !== '' && last !== undefined) pairs.set(last, `${pairs.get(last)}${mark}${pair}`)
  }
  return pairs
}

function readFlag(text = '0'): Flag | undefined {
  const bits = /^\d{1,3}$/.test(text) ? Number(text) : 256
  if (bits > 255) return undefined
  return { wantsAnswer: (bits & 1) !== 0, divided: (bits & 2) !== 0, version: bits >> 2 }
}

/** The 2005 edition puts PNUM and PNO before CP, some devices into it. */
function readPart(
  flag: Flag,
  head: ReadonlyMap<string, string>,
  body: ReadonlyMap<string, string>,
): Message['part'] | 'bad' {
  if (!flag.divided) return undefined
  const of = Number(head.get('PNUM') ?? body.get('PNUM'))
  const number = Number(head.get('PNO') ?? body.get('PNO'))
  return Number.isInteger(of) && Number.isInteger(number) && number >= 1 && number <= of
    ? { number, of }
    : 'bad'
}

function factorsOf(body: ReadonlyMap<string, string>): Message['factors'] {
  const factors = new Map<string, Record<string, string>>()
  for (const [name, value] of body) {
    const [, code, field] = /^([A-Za-z0-9]+)-([A-Za-z0-9]+)$/.exec(name) ?? []
    if (code === undefined || field === undefined) continue
    const fields = factors.get(code) ?? {}
    fields[field] = value
    factors.set(code, fields)
  }
  return factors
}

/** 9014 数据应答: what was sent under this request number is kept. ST 91 is the exchange between systems. */
export function answerText(message: Message): string {
  const { qn, mn, password, flag } = message
  return `QN=${qn};ST=91;CN=9014;PW=${password};MN=${mn};Flag=${flag.version << 2};CP=&&&&`
}
