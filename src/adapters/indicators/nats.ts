import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import * as v from 'valibot'
import type { Subscription } from '../../contracts/delivery.ts'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { SecretNameSchema } from '../wire/auth.ts'
import { Inbox, type Item } from '../wire/inbox.ts'
import { type Placed, filterOf, natsConnection, natsFault, placedConsumer } from '../wire/jetstream.ts'
import { aroundMessage, messageItems, messageMapping } from '../wire/message-rows.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { Seen } from '../wire/seen.ts'
import { SubjectFilterSchema, subjectMatches } from '../wire/topic-filter.ts'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const NameSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, - and _'))

/** A stream of NATS JetStream, as it stands in sources.yaml. */
export const NatsSettingsSchema = v.strictObject({
  /** nats://server:4222 or tls://server:4222. */
  address: v.pipe(
    v.string(),
    v.regex(/^(nats|tls):\/\/[^/?#@\s]+:\d+$/, 'nats://host:port or tls://host:port'),
  ),
  auth: v.optional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('password'), user: v.string(), passwordSecret: SecretNameSchema }),
      v.strictObject({ kind: v.literal('token'), tokenSecret: SecretNameSchema }),
    ]),
  ),
  stream: NameSchema,
  /** Name of our consumer; the server keeps our place under it. One name, one gateway. */
  durable: NameSchema,
  /** What is read before our first word: all that the stream keeps, or only what comes from then on. */
  begin: v.optional(v.picklist(['all', 'new']), 'all'),
  /** Longest time between a message and its being durable here; then the server sends it again. */
  ackWaitMs: v.optional(whole(1_000, 3_600_000), 60_000),
  /** Messages under way and unacknowledged; the server holds the rest back. */
  mostUnacknowledged: v.optional(whole(1, 65_536), 4_000),
  maxRows: v.optional(whole(1, 1_000_000), 50_000),
  timeoutMs: v.optional(whole(100, 120_000), 10_000),
})
type Settings = v.InferOutput<typeof NatsSettingsSchema>

/** One indicator in that stream. Fields are JSONPaths of the message, or @subject, @subject.2 (its second token), @payload. */
export const NatsMappingSchema = v.strictObject({ subject: SubjectFilterSchema, ...messageMapping })
type Mapping = v.InferOutput<typeof NatsMappingSchema>
type Feeds = readonly Subscription<Mapping>[]

const readAtOnce = 500

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: NatsSettingsSchema,
  mapping: NatsMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const { first, last } = await withConnection(source, io, keeper, async (connection) => {
        const { jetstreamManager } = await import('@nats-io/jetstream')
        const { state } = await (await jetstreamManager(connection)).streams.info(source.stream)
        return { first: state.first_seq, last: state.last_seq }
      })
      return { reachable: true, detail: `${source.stream} holds ${first} to ${last}`, clockSkewMs: null }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(cause.message), clockSkewMs: null }
    }
  },

  /** What the stream still holds of that window, without touching our place in it. */
  async *read(source, mapping, window, io) {
    io.signal.throwIfAborted()
    const keeper = secretKeeper(io)
    const connection = await connected(source, io, keeper)
    try {
      yield* readWindow(source, mapping, window, connection, io, keeper)
    } catch (cause) {
      io.signal.throwIfAborted()
      throw keeper.cleanError(natsFault(cause, source.address))
    } finally {
      await connection.close().catch(() => undefined)
    }
  },

  async *follow(source, feeds, cursor, io) {
    const keeper = secretKeeper(io)
    const connection = await connected(source, io, keeper)
    try {
      const subjects = feeds.map(({ mapping }) => mapping.subject)
      const placed = await placedConsumer(connection, { ...source, subjects }, placeOf(cursor))
      const messages = await placed.consumer.consume({
        max_messages: Math.min(source.mostUnacknowledged, 1_000),
        abort_on_missing_resource: true,
      })
      const inbox = new Inbox<JsMsg | undefined>(Infinity)
      if (placed.gone) inbox.put(undefined, [goneItem(placed.gone, feeds, source)])
      const read = (message: JsMsg): Item[] => itemsOf(message, feeds, source, io, keeper)
      const seen = new Seen(2 * source.mostUnacknowledged)
      const ended = pump({ messages, connection, inbox, read, seen, inOrder: placed.inOrder, io })
      // A message that was sent again stands behind later ones: the place never goes back.
      let furthest = placeOf(cursor) ?? 0
      try {
        yield* inbox.deliveries({
          signal: io.signal,
          cursor: (message) => String((furthest = Math.max(furthest, message?.seq ?? 0))),
          settle: (settled) => settled.forEach((message) => message?.ack()),
        })
      } finally {
        messages.stop()
        await connection.flush().catch(() => undefined)
        await connection.close().catch(() => undefined)
        await ended
      }
    } catch (cause) {
      io.signal.throwIfAborted()
      throw keeper.cleanError(natsFault(cause, source.address))
    } finally {
      await connection.close().catch(() => undefined)
    }
  },
})

async function connected(source: Settings, io: Io, keeper: SecretKeeper): Promise<NatsConnection> {
  const { auth, address, timeoutMs } = source
  const secrets =
    auth?.kind === 'token'
      ? { token: keeper.secret(auth.tokenSecret) }
      : auth && { user: auth.user, password: keeper.secret(auth.passwordSecret) }
  try {
    return await natsConnection({ address, timeoutMs, ...secrets }, io)
  } catch (cause) {
    throw keeper.cleanError(cause)
  }
}

async function withConnection<T>(
  source: Settings,
  io: Io,
  keeper: SecretKeeper,
  work: (connection: NatsConnection) => Promise<T>,
): Promise<T> {
  const connection = await connected(source, io, keeper)
  try {
    return await work(connection)
  } catch (cause) {
    throw natsFault(cause, source.address)
  } finally {
    await connection.close().catch(() => undefined)
  }
}

async function* readWindow(
  source: Settings,
  mapping: Mapping,
  window: Window,
  connection: NatsConnection,
  io: Io,
  keeper: SecretKeeper,
) {
  const { jetstream } = await import('@nats-io/jetstream')
  const consumer = await jetstream(connection).consumers.get(source.stream, {
    ...filterOf(connection, [mapping.subject]),
    deliver_policy: 'by_start_time',
    opt_start_time: window.from,
  })
  let { num_pending: left } = await consumer.info()
  if (left > source.maxRows)
    throw new SourceError(`${left} messages since ${window.from}: narrow the window or raise maxRows`)
  while (left > 0) {
    io.signal.throwIfAborted()
    const items: Item[] = []
    const asked = Math.min(left, readAtOnce)
    const messages = await consumer.fetch({ max_messages: asked, expires: source.timeoutMs })
    let came = 0
    for await (const message of messages) {
      came += 1
      items.push(...itemsOf(message, [{ key: '', mapping }], source, io, keeper))
    }
    yield {
      readings: items.flatMap((item) => ('reading' in item ? [item.reading] : [])),
      refusals: items.flatMap((item) => ('refusal' in item ? [item.refusal] : [])),
    }
    if (came < asked) throw new SourceError(`${source.address} stopped in the middle of ${source.stream}`)
    left -= came
  }
}

interface Pump {
  messages: ConsumerMessages
  connection: NatsConnection
  inbox: Inbox<JsMsg | undefined>
  read(message: JsMsg): Item[]
  /** Sequences that came over this connection: what is repeated over it is in hand or durable. */
  seen: Seen
  inOrder: boolean
  io: Io
}

/** Carries messages into the inbox until the connection ends. Resolves always: the end is told through the inbox. */
async function pump({ messages, connection, inbox, read, seen, inOrder, io }: Pump): Promise<void> {
  const server = connection.getServer()
  const broke = connection.closed().then((cause) => {
    messages.stop()
    inbox.fail(cause ?? new SourceError(`${server} broke off`))
  })
  let delivered = 0
  try {
    for await (const message of messages) {
      delivered += 1
      // What follows a hole must not become the place we go on from.
      if (inOrder && message.info.deliverySequence !== delivered)
        throw new SourceError(`${server} skipped a delivery: it is asked again from the last durable message`)
      const again = seen.has(String(message.seq))
      if (again) io.tally({ duplicate: 1 })
      seen.add(String(message.seq))
      inbox.put(message, again ? [] : read(message))
    }
    inbox.fail(new SourceError(`${server} ended the consumer`))
  } catch (cause) {
    inbox.fail(cause)
  }
  await broke
}

function itemsOf(
  message: JsMsg,
  feeds: Feeds,
  { address, stream }: Settings,
  io: Io,
  keeper: SecretKeeper,
): Item[] {
  // When the server took it: as near to the source as can be known where it names no time.
  const arrivedAt = message.time.getTime()
  const around = aroundMessage({ subject: message.subject, sequence: String(message.seq) }, arrivedAt)
  return messageItems(
    { place: `${message.subject} ${message.seq}`, payload: message.data, around, arrivedAt },
    feeds.filter(({ mapping }) => subjectMatches(mapping.subject, message.subject)),
    { request: `stream ${stream} of ${address}`, io, clean: keeper.clean },
  )
}

function placeOf(cursor: string | undefined): number | undefined {
  return cursor !== undefined && /^\d+$/.test(cursor) ? Number(cursor) : undefined
}

function goneItem({ from, to }: NonNullable<Placed['gone']>, feeds: Feeds, { stream }: Settings): Item {
  const reason =
    to === Infinity
      ? `the stream was begun anew: what came after ${from - 1} is lost`
      : `the stream no longer had ${from} to ${to} when they were asked for`
  return { key: feeds[0]?.key ?? '', refusal: { row: `stream ${stream}`, reason } }
}
