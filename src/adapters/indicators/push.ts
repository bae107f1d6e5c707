import * as v from 'valibot'
import type { Subscription } from '../../contracts/delivery.ts'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest, Io } from '../../contracts/io.ts'
import { BaseUrlSchema, addressOf, plainAddress } from '../wire/address.ts'
import { AuthSchema } from '../wire/auth.ts'
import { requestCredentials } from '../wire/credentials.ts'
import { Inbox, type Item } from '../wire/inbox.ts'
import { JsonPathSchema, firstMatch, parseJson } from '../wire/json-path.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { aroundMessage, messageItems, messageMapping } from '../wire/message-rows.ts'
import { expectGood } from '../wire/retry.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { sseEvents } from '../wire/sse-frames.ts'
import { StreamCount } from '../wire/stream-count.ts'
import { type Talk, openTalk } from '../wire/web-socket.ts'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

const both = {
  auth: AuthSchema,
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** A server that says nothing for so long, no heartbeat either, is dead: three times what it beats at. */
  deadAfterMs: v.optional(whole(300, 600_000), 45_000),
  /** Readings that wait here at most. */
  queue: v.optional(whole(1, 200_000), 20_000),
  limits: LimitsSchema,
}

/** A server that sends by itself, by Server-Sent Events or over a WebSocket, as it stands in sources.yaml. */
export const PushSettingsSchema = v.variant('transport', [
  v.strictObject({
    transport: v.literal('sse'),
    baseUrl: BaseUrlSchema,
    path: v.pipe(v.string(), v.startsWith('/')),
    /** Ids are numbers without holes, so that a missing one means a lost event. */
    counted: v.optional(v.boolean(), false),
    ...both,
  }),
  v.strictObject({
    transport: v.literal('websocket'),
    address: v.pipe(
      v.string(),
      v.regex(/^wss?:\/\/[^?#@\s]+$/, 'ws(s)://host:port/path without user or query'),
    ),
    /** Number of the message in the stream, counted without holes. */
    sequence: v.optional(JsonPathSchema, '$.seq'),
    /** Said first; what to say so that the server goes on after message {from}. */
    hello: v.optional(v.string()),
    resume: v.optional(v.string(), '{"resume":{"from":{from}}}'),
    ...both,
  }),
])
type Settings = v.InferOutput<typeof PushSettingsSchema>
type SseSettings = Extract<Settings, { transport: 'sse' }>
type SocketSettings = Extract<Settings, { transport: 'websocket' }>

/** One indicator of that stream. Fields are JSONPaths of the message, or @event, @id, @payload. */
export const PushMappingSchema = v.strictObject({
  /** Only events of this type; over a WebSocket `where` tells them apart. */
  event: v.optional(v.string()),
  ...messageMapping,
})
type Mapping = v.InferOutput<typeof PushMappingSchema>

interface Heard {
  payload: Uint8Array
  event: string
  /** Where the stream stands with it; a server may tell none. */
  id: string | undefined
}

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: PushSettingsSchema,
  mapping: PushMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      if (source.transport === 'sse') await openEvents(source, undefined, source.limits.timeoutMs, io, keeper)
      else (await openSocket(source, io, keeper, () => undefined)).close()
      return { reachable: true, detail: 'lets us listen', clockSkewMs: null }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(cause.message), clockSkewMs: null }
    }
  },

  /** Who only pushes can be asked nothing: what was before is what it repeats when it is listened to. */
  async *read(_source, _mapping, _window, io) {
    io.signal.throwIfAborted()
    yield { readings: [], refusals: [] }
  },

  async *follow(source, feeds, cursor, io) {
    const keeper = secretKeeper(io)
    const inbox = new Inbox<Heard>(source.queue)
    const intake = new Intake(source, feeds, cursor, inbox, io, keeper)
    let close = (): void => intake.close()
    try {
      if (source.transport === 'sse') listen(source, cursor, intake, io, keeper)
      else close = await converse(source, cursor, intake, io, keeper)
      yield* inbox.deliveries({ signal: io.signal, settle: () => undefined, cursor: ({ id }) => id })
    } catch (cause) {
      io.signal.throwIfAborted()
      throw keeper.cleanError(cause)
    } finally {
      close()
    }
  },
})

/** What came, read and in the inbox; what did not come, told where the server counts. */
class Intake {
  closed = false
  private readonly count: StreamCount
  private readonly take: (heard: Heard) => void
  private readonly inbox: Inbox<Heard>

  constructor(
    source: Settings,
    feeds: readonly Subscription<Mapping>[],
    cursor: string | undefined,
    inbox: Inbox<Heard>,
    io: Io,
    keeper: SecretKeeper,
  ) {
    this.inbox = inbox
    this.count = new StreamCount(cursor, source.transport === 'websocket' || source.counted)
    this.take = (heard) => {
      const next = this.count.next(heard.id, io)
      if (next === undefined) return
      const reason = `the server no longer had ${next.missed} when we came back`
      const gap = { key: feeds[0]?.key ?? '', refusal: { row: requestOf(source), reason } }
      const items = itemsOf(heard, source, feeds, io, keeper)
      inbox.put(heard, next.missed === undefined ? items : [gap, ...items])
    }
  }

  close(): void {
    this.closed = true
  }

  fail(cause: unknown): void {
    this.inbox.fail(cause)
  }

  hear(heard: Heard): void {
    this.take(heard)
  }
}

function itemsOf(
  { payload, event, id }: Heard,
  source: Settings,
  feeds: readonly Subscription<Mapping>[],
  io: Io,
  keeper: SecretKeeper,
): Item[] {
  const arrivedAt = io.now()
  const around = aroundMessage({ event, ...(id === undefined ? {} : { id }) }, arrivedAt)
  const place = id === undefined ? event : `${event} ${id}`
  return messageItems(
    { place, payload, around, arrivedAt },
    feeds.filter(({ mapping }) => mapping.event === undefined || mapping.event === event),
    { request: requestOf(source), io, clean: keeper.clean },
  )
}

const requestOf = (source: Settings): string =>
  source.transport === 'sse' ? `listen ${source.baseUrl}${source.path}` : `listen ${source.address}`

async function openEvents(
  source: SseSettings,
  cursor: string | undefined,
  timeoutMs: number,
  io: Io,
  keeper: SecretKeeper,
) {
  const plain: HttpRequest = { method: 'GET', url: addressOf(source.baseUrl, source.path) }
  const { headers, query } = await requestCredentials(source, plain, io, keeper)
  const url = new URL(plain.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const stream = await io.open({
    ...plain,
    url: url.href,
    headers: {
      accept: 'text/event-stream',
      'cache-control': 'no-cache',
      ...source.headers,
      ...headers,
      ...(cursor === undefined ? {} : { 'last-event-id': cursor }),
    },
    timeoutMs,
  })
  const asked = plainAddress(plain)
  expectGood({ ...stream, body: '', unchanged: false, sha256: '' }, asked, io.now())
  if (stream.status === 204) throw new SourceError(`${asked}: nothing to listen to (204)`)
  const type = stream.headers['content-type'] ?? 'nothing'
  if (!/^text\/event-stream\b/i.test(type))
    throw new SourceError(`${asked}: an event stream was expected, not ${type}`)
  return stream
}

/** Reads events into the intake until they end, which it is told as the failure it is. */
function listen(
  source: SseSettings,
  cursor: string | undefined,
  intake: Intake,
  io: Io,
  keeper: SecretKeeper,
): void {
  const name = requestOf(source)
  let retryMs: number | undefined
  const work = async (): Promise<void> => {
    const { chunks } = await openEvents(source, cursor, source.deadAfterMs, io, keeper)
    const terms = { name, longestEvent: source.limits.maxBytes, onRetry: (ms: number) => void (retryMs = ms) }
    const encoder = new TextEncoder()
    for await (const { data, event, id } of sseEvents(chunks, terms)) {
      if (intake.closed) return
      intake.hear({ payload: encoder.encode(data), event, id })
    }
    throw new SourceError(`${name} ended`, retryMs)
  }
  // The wait that the server asked for holds for every way its stream may break.
  work().catch((cause: unknown) =>
    intake.fail(
      cause instanceof SourceError ? new SourceError(cause.message, cause.retryAfterMs ?? retryMs) : cause,
    ),
  )
}

async function openSocket(
  source: SocketSettings,
  io: Io,
  keeper: SecretKeeper,
  take: (bytes: Uint8Array) => void,
): Promise<Talk> {
  const { address, auth, limits, deadAfterMs } = source
  const baseUrl = address.replace(/^ws/, 'http')
  const { headers, query } = await requestCredentials(
    { baseUrl, auth, limits },
    { method: 'GET', url: baseUrl },
    io,
    keeper,
  )
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const terms = { headers: { ...source.headers, ...headers }, deadAfterMs, timeoutMs: limits.timeoutMs }
  return openTalk({ ...terms, address: url.href, maxMessageBytes: limits.maxBytes }, io, take)
}

/** Says where to go on from, then hears; answers how to end it. */
async function converse(
  source: SocketSettings,
  cursor: string | undefined,
  intake: Intake,
  io: Io,
  keeper: SecretKeeper,
): Promise<() => void> {
  const talk = await openSocket(source, io, keeper, (payload) => {
    const id = numberOf(payload, source.sequence)
    // What has no number is the server's own talk: a welcome, a heartbeat.
    if (id !== undefined) intake.hear({ payload, event: 'message', id })
  })
  if (source.hello !== undefined) talk.send(source.hello)
  if (cursor !== undefined) talk.send(source.resume.replaceAll('{from}', cursor))
  void talk.ended.then((cause) => intake.fail(cause))
  return () => talk.close()
}

function numberOf(payload: Uint8Array, path: string): string | undefined {
  try {
    const value = firstMatch(parseJson(new TextDecoder().decode(payload)), path)
    return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined
  } catch {
    return undefined
  }
}
