import type { Consumer, ConsumerConfig, JetStreamManager } from '@nats-io/jetstream'
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'

export interface NatsTerms {
  /** nats://host:port, or tls://host:port. */
  address: string
  timeoutMs: number
  user?: string
  password?: string
  token?: string
}

/** One connection that is not made anew by the library: who follows does that, by its own breaker. Ends with io.signal. */
export async function natsConnection(terms: NatsTerms, io: Io): Promise<NatsConnection> {
  const { address, timeoutMs, user, password, token } = terms
  const { host, port, servername } = await io.reach(address)
  const { connect } = await import('@nats-io/transport-node')
  const options: ConnectionOptions = {
    servers: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    timeout: timeoutMs,
    reconnect: false,
    // Members of a cluster that the server tells of are no addresses of this source.
    ignoreClusterUpdates: true,
    pingInterval: 10_000,
    maxPingOut: 2,
    // The host is an address by now; the certificate is for the name.
    tls: address.startsWith('tls:') ? ({ servername } as ConnectionOptions['tls'] & object) : null,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password }),
    ...(token === undefined ? {} : { token }),
  }
  io.signal.throwIfAborted()
  const connection = await connect(options).catch((cause: unknown) => {
    throw natsFault(cause, address)
  })
  const close = (): void => void connection.close().catch(() => undefined)
  if (io.signal.aborted) close()
  io.signal.addEventListener('abort', close, { once: true })
  void connection.closed().then(() => io.signal.removeEventListener('abort', close))
  return connection
}

/** What went wrong, as an operator can act on it. */
export function natsFault(cause: unknown, address: string): unknown {
  if (cause instanceof SourceError || !(cause instanceof Error)) return cause
  const said = cause.message.replace(/\p{Cc}/gu, ' ').slice(0, 200)
  switch (cause.name) {
    case 'AbortError':
      return cause
    case 'AuthorizationError':
    case 'UserAuthenticationExpiredError':
      return new SourceError(`${address} does not let us in: check the source's secret`)
    case 'PermissionViolationError':
      return new SourceError(`${address} does not allow it: ${said}`)
    case 'TimeoutError':
      return new SourceError(`${address} did not answer in time`)
    case 'NoRespondersError':
    case 'JetStreamNotEnabled':
      return new SourceError(`${address} answers, but JetStream is not on there`)
    case 'StreamNotFoundError':
      return new SourceError(`${address} has no stream of that name: check stream`)
    default:
      return new SourceError(`${address}: ${said}`)
  }
}

export interface Place {
  stream: string
  durable: string
  subjects: readonly string[]
  /** Where to begin where nothing is known yet. */
  begin: 'all' | 'new'
  ackWaitMs: number
  mostUnacknowledged: number
}

export interface Placed {
  consumer: Consumer
  /** Whether every delivery of the consumer comes here, in order: one that is missing means to come back anew. */
  inOrder: boolean
  /** Sequences that the stream no longer had when we came to ask for them. */
  gone: { from: number; to: number } | undefined
}

/**
 * The durable consumer, standing behind the message that is the last durable one here. It is made anew each time: one that
 * stands may hand its next messages to a connection that has just died, and repeat them only after later ones. Only where the
 * stream keeps messages for its consumers' sake it is left, because they would be lost with it.
 */
export async function placedConsumer(
  connection: NatsConnection,
  place: Place,
  cursor: number | undefined,
): Promise<Placed> {
  const { jetstream, jetstreamManager } = await import('@nats-io/jetstream')
  const manager = await jetstreamManager(connection)
  const { config: kind, state } = await manager.streams.info(place.stream)
  const inOrder = kind.retention === 'limits'
  // A stream that counts from the beginning again is another one.
  const begunAnew = cursor !== undefined && cursor > state.last_seq
  const standing = await standingConsumer(manager, place)
  if (standing && inOrder) await manager.consumers.delete(place.stream, place.durable)
  if (standing && !inOrder)
    await manager.consumers.update(place.stream, place.durable, filterOf(connection, place.subjects))
  else await manager.consumers.add(place.stream, configOf(connection, place, cursor, begunAnew))
  const consumer = await jetstream(connection).consumers.get(place.stream, place.durable)
  return { consumer, inOrder, gone: inOrder ? goneOf(state.first_seq, cursor, begunAnew) : undefined }
}

function standingConsumer(manager: JetStreamManager, { stream, durable }: Place) {
  return manager.consumers.info(stream, durable).catch((cause: unknown) => {
    if (cause instanceof Error && cause.name === 'ConsumerNotFoundError') return undefined
    throw cause
  })
}

function configOf(
  connection: NatsConnection,
  place: Place,
  cursor: number | undefined,
  begunAnew: boolean,
): Partial<ConsumerConfig> {
  const start: Partial<ConsumerConfig> =
    cursor === undefined || begunAnew
      ? { deliver_policy: begunAnew ? 'all' : place.begin }
      : { deliver_policy: 'by_start_sequence', opt_start_seq: cursor + 1 }
  return {
    durable_name: place.durable,
    ack_policy: 'explicit',
    ack_wait: place.ackWaitMs * 1_000_000,
    max_ack_pending: place.mostUnacknowledged,
    ...filterOf(connection, place.subjects),
    ...start,
  }
}

/** Servers before 2.10 know one filter only; then all is read, and what is not asked for is passed over here. */
export function filterOf(
  connection: Pick<NatsConnection, 'info'>,
  subjects: readonly string[],
): Partial<ConsumerConfig> {
  const all = [...new Set(subjects)]
  if (all.length === 1) return { filter_subject: all[0]! }
  const [major = 0, minor = 0] = (connection.info?.version ?? '0.0').split('.').map(Number)
  return major > 2 || (major === 2 && minor >= 10) ? { filter_subjects: all } : {}
}

function goneOf(first: number, cursor: number | undefined, begunAnew: boolean): Placed['gone'] {
  if (cursor === undefined) return undefined
  // Nobody knows how much of the old one was missed.
  if (begunAnew) return { from: cursor + 1, to: Infinity }
  return first > cursor + 1 ? { from: cursor + 1, to: first - 1 } : undefined
}
