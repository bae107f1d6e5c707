import { type Socket, connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { kafkaLibrary } from './kafka-library.ts'

/** What we use of kafkajs 2.2, which is not shipped: whoever has Kafka installs it beside the gateway. */
export interface KafkaClient {
  admin(): { connect(): Promise<void>; disconnect(): Promise<void> }
  consumer(options: { groupId: string }): KafkaConsumer
}

export interface KafkaConsumer {
  connect(): Promise<void>
  subscribe(options: { topics: readonly string[]; fromBeginning: boolean }): Promise<void>
  run(options: {
    autoCommit: boolean
    eachBatchAutoResolve: boolean
    eachBatch(batch: KafkaBatch): Promise<void>
  }): Promise<void>
  commitOffsets(offsets: readonly { topic: string; partition: number; offset: string }[]): Promise<void>
  on(event: 'consumer.crash', tell: (event: { payload: { error: Error } }) => void): void
  disconnect(): Promise<void>
}

export interface KafkaBatch {
  batch: { topic: string; partition: number; messages: readonly KafkaMessage[] }
  heartbeat(): Promise<void>
  resolveOffset(offset: string): void
}

export interface KafkaMessage {
  key: Buffer | null
  value: Buffer | null
  offset: string
  /** Milliseconds since 1970, by the producer or the broker as the topic says. */
  timestamp: string
}

export interface KafkaTerms {
  brokers: readonly string[]
  timeoutMs: number
  sasl?: { mechanism: string; username: string; password: string }
}

interface SocketAsk {
  host: string
  port: number
  onConnect(): void
}

/** A client that connects to the brokers of the settings only, each at the address it was resolved to once. */
export async function clientOf({ brokers, timeoutMs, sasl }: KafkaTerms, io: Io): Promise<KafkaClient> {
  const { Kafka, logLevel } = await kafkaLibrary()
  const ssl = brokers.some((broker) => broker.startsWith('kafkas:'))
  const reached = new Map<string, { host: string; port: number; servername: string }>()
  for (const broker of brokers) {
    const { host, port, servername } = await io.reach(broker)
    reached.set(`${servername}:${port}`, { host, port, servername })
  }
  io.signal.throwIfAborted()
  return new Kafka({
    clientId: 'citydeck',
    brokers: [...reached.keys()],
    ssl,
    connectionTimeout: timeoutMs,
    // Who follows comes again by its own breaker.
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
    ...(sasl ? { sasl } : {}),
    socketFactory({ host, port, onConnect }: SocketAsk): Socket {
      const to = reached.get(`${host}:${port}`)
      // The cluster tells of its members by names of its own.
      if (!to)
        throw new SourceError(`the broker ${host}:${port} is not among this source's brokers: name it there`)
      return ssl ? connectTls(to, onConnect) : connect(to, onConnect)
    },
  })
}

/** What went wrong, as an operator can act on it. */
export function kafkaFault(cause: unknown, brokers: readonly string[]): unknown {
  if (cause instanceof SourceError || !(cause instanceof Error) || cause.name === 'AbortError') return cause
  const where = brokers.join(', ')
  if (cause.name.includes('SASL'))
    return new SourceError(`${where} does not let us in: check user and the source's secret`)
  return new SourceError(`${where}: ${cause.message.replace(/\p{Cc}/gu, ' ').slice(0, 200)}`)
}
