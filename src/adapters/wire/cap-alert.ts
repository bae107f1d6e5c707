import { readTime } from './city-time.ts'
import { type CapArea, readArea } from './cap-area.ts'
import { describe } from './number-text.ts'
import { type XmlElement, childrenOf, textOf } from './xml-tree.ts'

export type Level = 1 | 2 | 3 | 4

/** A message of CAP 1.2 (OASIS 2010), of its infos the Chinese one, else the first. */
export interface CapAlert {
  /** sender,identifier,sent: what makes a message one, and how others refer to it. */
  key: string
  identifier: string
  sender: string
  /** RFC 3339, UTC. */
  sent: string
  status: string
  type: 'Alert' | 'Update' | 'Cancel' | 'Ack' | 'Error'
  /** Keys of the messages this one updates or cancels. */
  references: string[]
  /** It signs itself; the signature is not verified. */
  signed: boolean
  faults: string[]
  content: CapContent | undefined
}

export interface CapContent {
  event: string
  /** 1 红 … 4 蓝; undefined where neither severity nor colour tells. */
  level: Level | undefined
  allClear: boolean
  expires: string | undefined
  issuer: string | undefined
  headline: string | undefined
  eventCodes: { name: string; value: string }[]
  areas: CapArea[]
}

const statuses = new Set(['Actual', 'Exercise', 'System', 'Test', 'Draft'])
const types = new Set(['Alert', 'Update', 'Cancel', 'Ack', 'Error'])
const levelOfSeverity: Readonly<Record<string, Level>> = { Extreme: 1, Severe: 2, Moderate: 3, Minor: 4 }
const levelOfColour: Readonly<Record<string, Level>> = {
  red: 1,
  orange: 2,
  yellow: 3,
  blue: 4,
  红: 1,
  橙: 2,
  黄: 3,
  蓝: 4,
}

/** A CAP message from its `alert` element, or why it is none. */
export function readAlert(alert: XmlElement): CapAlert | { fault: string } {
  if (alert.name !== 'alert' || !/^urn:oasis:names:tc:emergency:cap:1\.[12]$/.test(alert.namespace))
    return { fault: `no CAP 1.2 alert: ${describe(`${alert.namespace} ${alert.name}`)}` }
  const [identifier, sender, sentText, status, type] = [
    'identifier',
    'sender',
    'sent',
    'status',
    'msgType',
  ].map((name) => textOf(alert, name) ?? '') as [string, string, string, string, string]
  const sent = instantOf(sentText)
  for (const [name, text] of Object.entries({ identifier, sender }))
    if (text === '' || /[\s,<&]/.test(text)) return { fault: `${name} ${describe(text)} is none` }
  if (sent === undefined) return { fault: `sent ${describe(sentText)} is no time with an offset` }
  if (!statuses.has(status)) return { fault: `status ${describe(status)} is none of CAP` }
  if (!types.has(type)) return { fault: `msgType ${describe(type)} is none of CAP` }
  const infos = childrenOf(alert, 'info')
  const chosen = infos.find((info) => /^zh/i.test(textOf(info, 'language') ?? '')) ?? infos[0]
  const faults: string[] = []
  const references = (textOf(alert, 'references') ?? '').split(/\s+/).filter((text) => text !== '')
  return {
    key: `${sender},${identifier},${sent}`,
    identifier,
    sender,
    sent,
    status,
    type: type as CapAlert['type'],
    references: references.flatMap((reference) => {
      const key = keyOf(reference)
      if (key === undefined) faults.push(`reference ${describe(reference)} is not sender,identifier,sent`)
      return key ?? []
    }),
    signed: childrenOf(alert, 'Signature').length > 0,
    content: chosen && readInfo(chosen, faults),
    faults,
  }
}

function readInfo(info: XmlElement, faults: string[]): CapContent {
  const named = (name: string) =>
    childrenOf(info, name).map((pair) => ({
      name: textOf(pair, 'valueName') ?? '',
      value: textOf(pair, 'value') ?? '',
    }))
  const expires = textOf(info, 'expires')
  const expiresAt = instantOf(expires ?? '')
  if (expires !== undefined && expiresAt === undefined)
    faults.push(`expires ${describe(expires)} is no time with an offset`)
  const colour = named('parameter').find(({ name }) => name.toLowerCase() === 'colorcode')?.value ?? ''
  const areas = childrenOf(info, 'area').map(readArea)
  faults.push(...areas.flatMap((area) => area.faults))
  return {
    event: textOf(info, 'event') ?? '',
    level:
      levelOfSeverity[textOf(info, 'severity') ?? ''] ??
      levelOfColour[colour.toLowerCase().replace(/色$/, '')],
    allClear: childrenOf(info, 'responseType').some(({ text }) => text.trim() === 'AllClear'),
    expires: expiresAt,
    issuer: textOf(info, 'senderName'),
    headline: textOf(info, 'headline'),
    eventCodes: named('eventCode'),
    areas: areas.map(({ area }) => area),
  }
}

/** Two ways of writing one instant are one reference. */
function keyOf(reference: string): string | undefined {
  const [, sender, identifier, sentText] = /^([^,]+),([^,]+),([^,]+)$/.exec(reference) ?? []
  const sent = instantOf(sentText ?? '')
  return sent === undefined ? undefined : `${sender},${identifier},${sent}`
}

/** -00:00 is how CAP writes an instant in UTC; an offset is never missing. */
function instantOf(text: string): string | undefined {
  const read = readTime(text, 'rfc3339', 'UTC')
  return 'at' in read && 'instant' in read.at ? read.at.instant : undefined
}
