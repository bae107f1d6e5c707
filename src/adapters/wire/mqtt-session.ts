import type { IPublishPacket, Packet } from 'mqtt-packet'
import type { ByteStream } from '../../contracts/byte-stream.ts'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { reasonText } from './mqtt-reasons.ts'

export interface SessionTerms {
  clientId: string
  /** False: the broker goes on where it was when we were last here, and keeps what comes while we are away for this long. */
  clean: boolean
  sessionExpiryS: number
  /** Messages that may be on their way to us unacknowledged; the broker keeps the rest. */
  receiveMaximum: number
  maximumPacketBytes: number
  keepAliveS: number
  /** Longest wait for the broker's word when connecting. */
  timeoutMs: number
  user?: string
  password?: string
}

export interface Handlers {
  publish(packet: IPublishPacket): void
  /** The broker has said all that it had to say when the subscription stood. Not asked for where absent. */
  saidAll?(): void
}

const protocolVersion = 5

/** An MQTT 5 session of a subscriber: connected, not yet subscribed. `name` is the broker as sentences call it. */
export async function openSession(
  stream: ByteStream,
  terms: SessionTerms,
  name: string,
): Promise<MqttSession> {
  const { default: codec } = await import('mqtt-packet')
  const packets = readPackets(stream, codec.parser({ protocolVersion }), name)
  const send = (all: readonly Packet[]): Promise<void> =>
    stream.write(Buffer.concat(all.map((packet) => codec.generate(packet, { protocolVersion }))))
  const timer = setTimeout(() => stream.close(), terms.timeoutMs)
  try {
    await send([connectPacket(terms)])
    const { value: answer } = await packets.next()
    if (!answer)
      throw new SourceError(`${name} connected, but said nothing within ${terms.timeoutMs / 1_000} s`)
    if (answer.cmd !== 'connack')
      throw new SourceError(`${name} answered ${answer.cmd} to a connect: it is no MQTT 5 broker`)
    const code = answer.reasonCode ?? answer.returnCode ?? 0
    if (code !== 0)
      throw new SourceError(`${name} does not let us in: ${reasonText(code, answer.properties)}`)
    // What the broker asks for stands above what we proposed.
    const keepAliveS = answer.properties?.serverKeepAlive ?? terms.keepAliveS
    return new MqttSession({ stream, packets, send, name, keepAliveS, resumed: answer.sessionPresent })
  } catch (cause) {
    stream.close()
    throw cause
  } finally {
    clearTimeout(timer)
  }
}

interface Parts {
  stream: ByteStream
  packets: AsyncGenerator<Packet, undefined>
  send(packets: readonly Packet[]): Promise<void>
  name: string
  keepAliveS: number
  resumed: boolean
}

export class MqttSession {
  /** Whether the broker still knew us. */
  readonly resumed: boolean
  private readonly parts: Parts
  private heard = true
  private silent = false

  constructor(parts: Parts) {
    this.parts = parts
    this.resumed = parts.resumed
  }

  /** Subscribes and reads until the stream ends; the end is always a SourceError, whoever brought it about. */
  async run(filters: readonly string[], qos: 0 | 1, handlers: Handlers): Promise<never> {
    const { send, packets, name, keepAliveS } = this.parts
    const beat = setInterval(() => this.beat(), keepAliveS * 500)
    try {
      // rh 1: kept last values come with a new subscription only; a resumed one has had them. rap off: only these say retain.
      const subscriptions = filters.map((topic) => ({ topic, qos, rh: 1, rap: false }))
      await send([{ cmd: 'subscribe', messageId: 1, subscriptions }])
      for await (const packet of packets) {
        this.heard = true
        await this.handle(packet, filters, handlers)
      }
    } finally {
      clearInterval(beat)
    }
    throw new SourceError(this.silent ? `${name} was silent for ${keepAliveS} s` : `${name} broke off`)
  }

  async acknowledge(packetIds: readonly number[]): Promise<void> {
    if (packetIds.length === 0) return
    await this.parts.send(packetIds.map((messageId) => ({ cmd: 'puback', messageId, reasonCode: 0 })))
  }

  close(): void {
    this.parts.stream.close()
  }

  private async handle(packet: Packet, filters: readonly string[], handlers: Handlers): Promise<void> {
    const { name, send } = this.parts
    switch (packet.cmd) {
      case 'publish':
        return handlers.publish(packet)
      case 'suback':
        expectSubscribed(packet.granted as number[], filters, name)
        if (handlers.saidAll) await send([{ cmd: 'pingreq' }])
        return
      case 'pingresp':
        return handlers.saidAll?.()
      case 'disconnect':
        throw new SourceError(
          `${name} ended the session: ${reasonText(packet.reasonCode ?? 0, packet.properties)}`,
        )
      default:
        throw new SourceError(`${name} sent ${packet.cmd}, which is not for a subscriber`)
    }
  }

  /** Twice in the time agreed: the first asks, the second finds that nothing was answered. */
  private beat(): void {
    if (!this.heard) {
      this.silent = true
      return this.close()
    }
    this.heard = false
    void this.parts.send([{ cmd: 'pingreq' }]).catch(() => this.close())
  }
}

interface PacketParser {
  on(event: 'packet', take: (packet: Packet) => void): unknown
  on(event: 'error', take: (error: Error) => void): unknown
  parse(bytes: Buffer): number
}

async function* readPackets(
  stream: ByteStream,
  parser: PacketParser,
  name: string,
): AsyncGenerator<Packet, undefined> {
  let whole: Packet[] = []
  let fault: string | undefined
  parser.on('packet', (packet) => whole.push(packet))
  parser.on('error', ({ message }) => (fault = message))
  for await (const chunk of stream.chunks) {
    parser.parse(Buffer.from(chunk))
    yield* whole
    whole = []
    if (fault !== undefined) throw new SourceError(`${name} sent what is not MQTT 5: ${fault}`)
  }
  return undefined
}

function connectPacket(terms: SessionTerms): Packet {
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion,
    clean: terms.clean,
    clientId: terms.clientId,
    keepalive: terms.keepAliveS,
    ...(terms.user === undefined ? {} : { username: terms.user }),
    ...(terms.password === undefined ? {} : { password: Buffer.from(terms.password) }),
    properties: {
      sessionExpiryInterval: terms.clean ? 0 : terms.sessionExpiryS,
      receiveMaximum: terms.receiveMaximum,
      maximumPacketSize: terms.maximumPacketBytes,
      requestProblemInformation: true,
    },
  }
}

function expectSubscribed(granted: readonly number[], filters: readonly string[], name: string): void {
  const refused = filters.flatMap((filter, index) => {
    const code = granted[index] ?? 0x80
    return code < 0x80 ? [] : [`${filter}: ${reasonText(code)}`]
  })
  if (refused.length > 0) throw new SourceError(`${name} refuses a subscription: ${refused.join('; ')}`)
}
