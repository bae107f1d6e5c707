import { createHash } from 'node:crypto'
import type { IPublishPacket } from 'mqtt-packet'
import * as v from 'valibot'
import type { Subscription } from '../../contracts/delivery.ts'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { SecretNameSchema } from '../wire/auth.ts'
import { Inbox, type Item } from '../wire/inbox.ts'
import { JsonPathSchema, firstMatch, parseJson } from '../wire/json-path.ts'
import { type MessageOrigin, aroundMessage, messageItems, messageMapping } from '../wire/message-rows.ts'
import { type MqttSession, openSession } from '../wire/mqtt-session.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { Seen } from '../wire/seen.ts'
import { TopicFilterSchema, topicMatches } from '../wire/topic-filter.ts'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** A broker of MQTT 5, as it stands in sources.yaml. */
export const MqttSettingsSchema = v.strictObject({
  /** tcp://broker:1883 or tls://broker:8883. */
  address: v.pipe(
    v.string(),
    v.regex(/^(tcp|tls):\/\/[^/?#@\s]+:\d+$/, 'tcp://host:port or tls://host:port'),
  ),
  /** The broker keeps what comes while we are away under this name: one name, one gateway. */
  clientId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, - and _')),
  auth: v.optional(
    v.strictObject({ user: v.pipe(v.string(), v.nonEmpty()), passwordSecret: v.optional(SecretNameSchema) }),
  ),
  /** How long the broker is to keep our place, in seconds: longer than any restart of ours. */
  sessionExpiryS: v.optional(whole(60, 4_294_967_294), 86_400),
  /** Messages under way at once; what is more waits at the broker. Twice what is written at once, or throughput falls. */
  receiveMaximum: v.optional(whole(1, 65_535), 4_000),
  keepAliveS: v.optional(whole(2, 3_600), 30),
  /** Readings that wait here at most; the broker's own bound protects messages of QoS 1, this one those of QoS 0. */
  queue: v.optional(whole(1, 200_000), 20_000),
  maxMessageBytes: v.optional(whole(128, 8_388_608), 262_144),
  timeoutMs: v.optional(whole(100, 120_000), 10_000),
  /** Where a message carries a number of its own, by which one that was published twice is known. */
  messageId: v.optional(JsonPathSchema),
})
type Settings = v.InferOutput<typeof MqttSettingsSchema>

/** One indicator on such a broker. Fields are JSONPaths of the payload, or @topic, @topic.2 (its second level), @payload. */
export const MqttMappingSchema = v.strictObject({ topic: TopicFilterSchema, ...messageMapping })
type Mapping = v.InferOutput<typeof MqttMappingSchema>

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: MqttSettingsSchema,
  mapping: MqttMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const session = await dial(source, io, keeper, true)
      session.close()
      return { reachable: true, detail: 'let in', clockSkewMs: null }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(cause.message), clockSkewMs: null }
    }
  },

  /** Last values that the broker keeps: all it can tell of what was before we listened. */
  async *read(source, mapping, _window, io) {
    io.signal.throwIfAborted()
    const keeper = secretKeeper(io)
    const items: Item[] = []
    try {
      const session = await dial(source, io, keeper, true)
      let done = false
      const feeds = [{ key: '', mapping }]
      const ended = session.run([mapping.topic], 0, {
        publish: (packet) => items.push(...itemsOf(packet, feeds, source, io, keeper)),
        saidAll: () => ((done = true), session.close()),
      })
      await ended.catch((cause: unknown) => {
        io.signal.throwIfAborted()
        if (!done) throw cause
      })
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
    yield {
      readings: items.flatMap((item) => ('reading' in item ? [item.reading] : [])),
      refusals: items.flatMap((item) => ('refusal' in item ? [item.refusal] : [])),
    }
  },

  async *follow(source, feeds, cursor, io) {
    const keeper = secretKeeper(io)
    try {
      const session = await dial(source, io, keeper, false)
      const inbox = new Inbox<IPublishPacket | undefined>(source.queue)
      // Where there was a session before and the broker has lost it, so is what was published since.
      if (cursor !== undefined && !session.resumed) inbox.put(undefined, lostSession(feeds, source))
      const seen = seenBy(source)
      const filters = [...new Set(feeds.map(({ mapping }) => mapping.topic))]
      const running = session.run(filters, 1, {
        publish(packet) {
          const name = nameOf(packet, source)
          // Packet numbers are used again for other messages: without one of its own, only a repetition is compared.
          const again = (packet.dup || source.messageId !== undefined) && name !== undefined && seen.has(name)
          if (again) io.tally({ duplicate: 1 })
          inbox.put(packet, again ? [] : itemsOf(packet, feeds, source, io, keeper))
        },
      })
      const ended = running.catch((cause: unknown) => inbox.fail(cause))
      try {
        yield* inbox.deliveries({
          signal: io.signal,
          cursor: () => source.clientId,
          async settle(packets) {
            // Known only from now on: what was not made durable must be taken when it comes again.
            for (const packet of packets) {
              const name = packet && nameOf(packet, source)
              if (name !== undefined) seen.add(name)
            }
            await session.acknowledge(packets.flatMap((packet) => packet?.messageId ?? []))
          },
        })
      } finally {
        session.close()
        await ended
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

async function dial(source: Settings, io: Io, keeper: SecretKeeper, clean: boolean): Promise<MqttSession> {
  const { address, auth, maxMessageBytes: maximumPacketBytes } = source
  const password = auth?.passwordSecret === undefined ? undefined : keeper.secret(auth.passwordSecret)
  const stream = await io.connect(address)
  const terms = {
    ...source,
    clean,
    // A second session under our name would end the first: who only asks takes the name the broker gives.
    clientId: clean ? '' : source.clientId,
    maximumPacketBytes,
    ...(auth ? { user: auth.user } : {}),
    ...(password === undefined ? {} : { password }),
  }
  return openSession(stream, terms, address)
}

function itemsOf(
  packet: IPublishPacket,
  feeds: readonly Subscription<Mapping>[],
  { address }: Settings,
  io: Io,
  keeper: SecretKeeper,
): Item[] {
  const { topic, retain } = packet
  const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload)
  // A kept last value may be as old as the sensor that died after it.
  const arrivedAt = retain ? undefined : io.now()
  const message = { place: topic, payload, around: aroundMessage({ topic }, arrivedAt), arrivedAt }
  // Nothing in it means that the kept value of the topic was taken away.
  if (payload.length === 0) return []
  const origin: MessageOrigin = { request: `subscribe ${address}`, io, clean: keeper.clean }
  return messageItems(
    message,
    feeds.filter(({ mapping }) => topicMatches(mapping.topic, topic)),
    origin,
  )
}

function lostSession(feeds: readonly Subscription<Mapping>[], { address, clientId }: Settings): Item[] {
  const reason = 'the broker did not keep the session: what was published since we were last there is lost'
  return feeds.slice(0, 1).map(({ key }) => ({ key, refusal: { row: `${address} ${clientId}`, reason } }))
}

const keptNames = 20_000
const books = new WeakMap<Settings, Seen>()

/** Outlives a connection, because it is after one broke that messages come twice. */
function seenBy(source: Settings): Seen {
  const book = books.get(source) ?? new Seen(keptNames)
  books.set(source, book)
  return book
}

/** By what a message is known when it comes again: its own number, else its packet with its content. */
function nameOf(packet: IPublishPacket, { messageId }: Settings): string | undefined {
  const { topic, payload } = packet
  if (packet.retain) return undefined
  if (messageId === undefined)
    return packet.messageId === undefined
      ? undefined
      : `${topic}\n#${packet.messageId}\n${createHash('sha256').update(payload).digest('hex')}`
  try {
    const id = firstMatch(parseJson(String(payload)), messageId)
    return id === undefined || id === null ? undefined : `${topic}\n${JSON.stringify(id)}`
  } catch {
    // No JSON: reading it says so.
    return undefined
  }
}
