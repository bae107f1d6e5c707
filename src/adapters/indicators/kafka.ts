import * as v from 'valibot'
import type { Subscription } from '../../contracts/delivery.ts'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { SecretNameSchema } from '../wire/auth.ts'
import { Inbox, type Item } from '../wire/inbox.ts'
import { type KafkaClient, type KafkaMessage, clientOf, kafkaFault } from '../wire/kafka-client.ts'
import { aroundMessage, messageItems, messageMapping } from '../wire/message-rows.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const NameSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,200}$/, 'letters, digits, . - and _'))

/** Brokers of Kafka, as they stand in sources.yaml. The client, kafkajs, is not shipped: whoever has Kafka installs it. */
export const KafkaSettingsSchema = v.strictObject({
  /** Every broker of the cluster, kafka://broker:9092: they tell of each other, and only those named here are asked. */
  brokers: v.pipe(
    v.array(
      v.pipe(v.string(), v.regex(/^kafkas?:\/\/[^/?#@\s]+:\d+$/, 'kafka://host:port or kafkas://host:port')),
    ),
    v.minLength(1),
  ),
  /** The brokers keep our place under it: one group, one city. */
  groupId: NameSchema,
  auth: v.optional(
    v.strictObject({
      mechanism: v.picklist(['plain', 'scram-sha-256', 'scram-sha-512']),
      user: v.pipe(v.string(), v.nonEmpty()),
      passwordSecret: SecretNameSchema,
    }),
  ),
  /** What is read where the group has no place yet: all that is kept, or what comes from then on. */
  begin: v.optional(v.picklist(['all', 'new']), 'all'),
  timeoutMs: v.optional(whole(1_000, 120_000), 10_000),
})
type Settings = v.InferOutput<typeof KafkaSettingsSchema>

/** One indicator in a topic. Fields are JSONPaths of the message, or @topic, @key, @partition, @offset, @payload. */
export const KafkaMappingSchema = v.strictObject({ topic: NameSchema, ...messageMapping })
type Mapping = v.InferOutput<typeof KafkaMappingSchema>
type Feeds = readonly Subscription<Mapping>[]

/** A message by its place, and who waits for its being durable. */
interface Mark {
  topic: string
  partition: number
  offset: string
  durable?: () => void
}

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: KafkaSettingsSchema,
  mapping: KafkaMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const admin = (await dial(source, io, keeper)).admin()
      try {
        await admin.connect()
      } finally {
        await admin.disconnect().catch(() => undefined)
      }
      return { reachable: true, detail: 'let in', clockSkewMs: null }
    } catch (cause) {
      const told = kafkaFault(cause, source.brokers)
      if (!(told instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(told.message), clockSkewMs: null }
    }
  },

  /** The past of a topic is read by following it from its beginning, once. */
  async *read(_source, _mapping, _window, io) {
    io.signal.throwIfAborted()
    yield { readings: [], refusals: [] }
  },

  /** The brokers keep the place, under the group: it is committed when what was before it is durable. */
  async *follow(source, feeds, _cursor, io) {
    const keeper = secretKeeper(io)
    try {
      yield* consume(source, feeds, io, keeper)
    } catch (cause) {
      io.signal.throwIfAborted()
      throw keeper.cleanError(kafkaFault(cause, source.brokers))
    }
  },
})

async function dial(source: Settings, io: Io, keeper: SecretKeeper): Promise<KafkaClient> {
  const { brokers, timeoutMs, auth } = source
  const sasl = auth && {
    mechanism: auth.mechanism,
    username: auth.user,
    password: keeper.secret(auth.passwordSecret),
  }
  return clientOf({ brokers, timeoutMs, ...(sasl ? { sasl } : {}) }, io)
}

/** Kafka ends a membership after thirty seconds without a sign, by default. */
const signEveryMs = 3_000

async function* consume(source: Settings, feeds: Feeds, io: Io, keeper: SecretKeeper) {
  const consumer = (await dial(source, io, keeper)).consumer({ groupId: source.groupId })
  // Bounded by what is fetched: the next batch of a partition is asked for when the last is durable.
  const inbox = new Inbox<Mark>(Infinity)
  const waiting = new Set<() => void>()
  consumer.on('consumer.crash', ({ payload }) => inbox.fail(payload.error))
  try {
    await consumer.connect()
    const topics = [...new Set(feeds.map(({ mapping }) => mapping.topic))]
    await consumer.subscribe({ topics, fromBeginning: source.begin === 'all' })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      async eachBatch({ batch: { topic, partition, messages }, heartbeat, resolveOffset }) {
        const last = messages.at(-1)
        if (!last) return
        const sign = setInterval(() => void heartbeat().catch(inbox.fail.bind(inbox)), signEveryMs)
        await new Promise<void>((durable) => {
          waiting.add(durable)
          for (const message of messages) {
            const mark = {
              topic,
              partition,
              offset: message.offset,
              ...(message === last ? { durable } : {}),
            }
            inbox.put(mark, itemsOf(message, mark, source, feeds, io, keeper))
          }
        })
        clearInterval(sign)
        resolveOffset(last.offset)
      },
    })
    yield* inbox.deliveries({
      signal: io.signal,
      async settle(marks) {
        if (marks.length > 0) await consumer.commitOffsets(nextOffsets(marks))
        for (const { durable } of marks) {
          durable?.()
          if (durable) waiting.delete(durable)
        }
      },
    })
  } finally {
    // The consumer ends only when nobody is at work in it.
    for (const release of waiting) release()
    await consumer.disconnect().catch(() => undefined)
  }
}

/** Of each partition, the offset of the message after the last: that is what Kafka keeps. */
function nextOffsets(marks: readonly Mark[]): { topic: string; partition: number; offset: string }[] {
  const next = new Map<string, { topic: string; partition: number; offset: string }>()
  for (const { topic, partition, offset } of marks)
    next.set(`${topic}/${partition}`, { topic, partition, offset: String(BigInt(offset) + 1n) })
  return [...next.values()]
}

function itemsOf(
  { key, value, offset, timestamp }: KafkaMessage,
  { topic, partition }: Mark,
  source: Settings,
  feeds: Feeds,
  io: Io,
  keeper: SecretKeeper,
): Item[] {
  // Nothing in it means that the key was taken away.
  if (value === null) return []
  const arrivedAt = Number(timestamp)
  const named = { topic, partition: String(partition), offset, ...(key ? { key: key.toString() } : {}) }
  return messageItems(
    {
      place: `${topic}/${partition} ${offset}`,
      payload: value,
      around: aroundMessage(named, arrivedAt),
      arrivedAt,
    },
    feeds.filter(({ mapping }) => mapping.topic === topic),
    { request: `topic ${topic} of group ${source.groupId}`, io, clean: keeper.clean },
  )
}
