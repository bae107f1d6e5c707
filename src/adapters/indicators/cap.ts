import * as v from 'valibot'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { toInstant } from '../../domain/instant.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { RegionCodeSchema } from '../../domain/region.ts'
import { BaseUrlSchema, addressOf } from '../wire/address.ts'
import { askFor } from '../wire/ask.ts'
import { type FeedEntry, readFeed } from '../wire/atom.ts'
import { AuthSchema } from '../wire/auth.ts'
import { type CapAlert, readAlert } from '../wire/cap-alert.ts'
import { type Standing, standingOf } from '../wire/cap-standing.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { clockSkewMs } from '../wire/retry.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { type XmlElement, readXml } from '../wire/xml-tree.ts'

const PathSchema = v.pipe(v.string(), v.startsWith('/'))

/** A feed of official warnings, as it stands in sources.yaml. */
export const CapSettingsSchema = v.strictObject({
  baseUrl: BaseUrlSchema,
  /** Atom, RSS, or one CAP message. Its entries hold their messages or lead to them, on this origin only. */
  feedPath: PathSchema,
  auth: AuthSchema,
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** Only what speaks of this city, of its province or of a part of it is taken. */
  city: RegionCodeSchema,
  /** valueName of the geocodes that are GB/T 2260 codes. */
  geocodes: v.optional(v.array(v.string()), ['GB/T 2260']),
  /** Regions by areaDesc or by the value of another geocode. */
  areas: v.optional(v.record(v.string(), RegionCodeSchema), {}),
  /** A place [lon, lat] of each region, for areas that have an outline only. */
  places: v.optional(
    v.record(
      RegionCodeSchema,
      v.tuple([
        v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
        v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
      ]),
    ),
    {},
  ),
  /** How long a message holds that does not say so. */
  lastingHours: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(240)), 24),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof CapSettingsSchema>

/** A figure made of the warnings in force: how many, or how grave. */
export const CapMappingSchema = v.strictObject({
  /** Words one of which the event holds: 暴雨. Absent: every event. */
  events: v.optional(v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1))),
  measure: v.picklist(['count', 'level']),
  /** Value of each level, and of none in force. */
  levels: v.optional(
    v.strictObject({
      none: v.number(),
      blue: v.number(),
      yellow: v.number(),
      orange: v.number(),
      red: v.number(),
    }),
    { none: 0, blue: 1, yellow: 2, orange: 3, red: 4 },
  ),
  /** Each gets a figure of its own; absent: the city, of all its warnings. */
  regions: v.optional(v.pipe(v.array(RegionCodeSchema), v.minLength(1))),
  unit: v.optional(v.string(), '1'),
  dims: v.optional(v.record(v.string(), v.string()), {}),
})
type Mapping = v.InferOutput<typeof CapMappingSchema>

/** What one source's messages said before: by their entry, so that none is asked for twice, and what they ended. */
interface Memory {
  messages: Map<string, Message>
  ended: Set<string>
}
type Message = { alert: CapAlert } | { fault: string }
const memories = new WeakMap<Settings, Memory>()
const mostEnded = 10_000
const accept = 'application/atom+xml, application/rss+xml, application/cap+xml, application/xml, text/xml'

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: CapSettingsSchema,
  mapping: CapMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const url = addressOf(source.baseUrl, source.feedPath)
      const answer = await askFor(source, url, accept, io, keeper)
      const root = await readXml(answer.body, `GET ${url}`)
      const count = readFeed(root, 'alert')?.entries.length ?? (root.name === 'alert' ? 1 : undefined)
      return {
        reachable: count !== undefined,
        detail: count === undefined ? `answered <${root.name}>, no feed` : `${count} messages`,
        clockSkewMs: clockSkewMs(answer, io.now()),
      }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(cause.message), clockSkewMs: null }
    }
  },

  async *read(source, mapping, _window, io) {
    const keeper = secretKeeper(io)
    try {
      io.signal.throwIfAborted()
      const heard = await hear(source, io, keeper)
      const placing = { ...source, places: source.places }
      const lastingMs = source.lastingHours * 3_600_000
      const { ended } = memoryOf(source)
      const standing = standingOf(heard.alerts, placing, { now: io.now(), lastingMs, ended })
      for (const key of ended) if (ended.size > mostEnded) ended.delete(key)
      const refusals = [...heard.refusals, ...standing.refusals]
      yield {
        readings: figuresOf(source, mapping, standing, heard, io.now()),
        refusals: refusals.map(({ row, reason }) => ({
          row: keeper.clean(row),
          reason: keeper.clean(reason),
        })),
        warnings: standing.words,
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

interface Heard {
  alerts: CapAlert[]
  refusals: Refusal[]
  request: string
  rawSha256: string
  /** Some message could not be read: a count of the others is no full one. */
  incomplete: boolean
}

function memoryOf(source: Settings): Memory {
  const memory = memories.get(source) ?? { messages: new Map(), ended: new Set() }
  memories.set(source, memory)
  return memory
}

/** Every message of the feed, page after page. Those asked for before are kept as long as the feed names them. */
async function hear(source: Settings, io: Io, keeper: SecretKeeper): Promise<Heard> {
  const memory = memoryOf(source)
  const first = addressOf(source.baseUrl, source.feedPath)
  const request = keeper.clean(`GET ${first}`)
  const heard: Heard = { alerts: [], refusals: [], request, rawSha256: '', incomplete: false }
  const named = new Map<string, Message>()
  const asked = new Set<string>()
  for (let url: string | undefined = first; url !== undefined;) {
    io.signal.throwIfAborted()
    if (asked.has(url)) throw new SourceError('the link to the next page leads to a page that was read')
    if (asked.size >= source.limits.maxPages)
      throw new SourceError(`more than ${source.limits.maxPages} pages: raise limits.maxPages`)
    asked.add(url)
    const answer = await askFor(source, url, accept, io, keeper)
    heard.rawSha256 ||= answer.sha256
    const root = await readXml(answer.body, keeper.clean(`GET ${url}`))
    const feed = feedOf(root, url)
    for (const entry of feed.entries) {
      if (named.size >= source.limits.maxRows)
        throw new SourceError(`more than ${source.limits.maxRows} messages: raise limits.maxRows`)
      const key = `${entry.link ?? entry.id}\n${entry.updated}`
      named.set(key, memory.messages.get(key) ?? (await messageOf(source, entry, url, io, keeper)))
    }
    url = feed.next === undefined ? undefined : onward(feed.next, url)
  }
  memory.messages = new Map([...named].filter(([, message]) => 'alert' in message))
  for (const [key, message] of named) {
    if ('alert' in message) heard.alerts.push(message.alert)
    else
      heard.refusals.push({ row: `message ${key.replace('\n', ' ')}`.slice(0, 300), reason: message.fault })
  }
  heard.incomplete = heard.refusals.length > 0
  return heard
}

function feedOf(root: XmlElement, url: string) {
  if (root.name === 'alert')
    return { entries: [{ id: url, updated: '', link: undefined, content: root }], next: undefined }
  const feed = readFeed(root, 'alert')
  if (!feed) throw new SourceError(`GET ${url}: neither Atom nor RSS nor CAP, but <${root.name}>`)
  return feed
}

/** One broken message is told and passed over; that the source is away or stops us ends the read. */
async function messageOf(
  source: Settings,
  { link, content }: FeedEntry,
  from: string,
  io: Io,
  keeper: SecretKeeper,
): Promise<Message> {
  if (content) return told(readAlert(content))
  if (link === undefined) return { fault: 'neither a message nor a link to one' }
  if (!URL.canParse(link, from)) return { fault: 'the link to the message is no address' }
  const url = new URL(link, from)
  if (url.origin !== new URL(source.baseUrl).origin)
    return { fault: `the link to the message leads to ${url.origin}, which is not this source` }
  io.signal.throwIfAborted()
  const answer = await askFor(source, url.href, accept, io, keeper)
  try {
    return told(readAlert(await readXml(answer.body, keeper.clean(`GET ${url.href}`))))
  } catch (cause) {
    if (cause instanceof SourceError) return { fault: cause.message }
    throw cause
  }
}

const told = (read: CapAlert | { fault: string }): Message => ('fault' in read ? read : { alert: read })

function onward(link: string, from: string): string {
  if (!URL.canParse(link, from)) throw new SourceError('the link to the next page is no address')
  return new URL(link, from).href
}

function figuresOf(
  source: Settings,
  mapping: Mapping,
  standing: Standing,
  heard: Heard,
  now: number,
): Reading[] {
  const { events, measure, levels, unit, dims } = mapping
  const fitting = standing.inForce.filter(
    ({ warning }) => events === undefined || events.some((word) => warning.event.includes(word)),
  )
  const signed = heard.alerts.filter((alert) => alert.signed).length
  const signatures =
    signed === 0 ? [] : [{ step: 'signature', detail: `${signed} messages are signed, not verified here` }]
  return (mapping.regions ?? [source.city]).map((region) => {
    const here = fitting.filter(
      ({ warning }) =>
        region === source.city || warning.regions.includes(region) || warning.regions.includes(source.city),
    )
    const gravest = Math.min(5, ...here.map(({ level }) => level))
    const word = (['none', 'red', 'orange', 'yellow', 'blue', 'none'] as const)[gravest] ?? 'none'
    const detail = here.map(({ warning }) => `${warning.event} ${warning.level} ${warning.id}`).join('; ')
    return {
      region,
      dims,
      at: { instant: toInstant(now) },
      value: measure === 'count' ? here.length : levels[word],
      unit,
      ...(heard.incomplete ? { flags: ['partial-coverage' as const] } : {}),
      lineage: {
        request: heard.request,
        rawSha256: heard.rawSha256,
        steps: [{ step: 'in force', detail: detail.slice(0, 500) || 'none' }, ...signatures],
      },
    }
  })
}
