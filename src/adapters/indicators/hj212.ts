import * as v from 'valibot'
import type { ByteStream } from '../../contracts/byte-stream.ts'
import type { Delivery, Subscription } from '../../contracts/delivery.ts'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import type { Refusal } from '../../domain/reading.ts'
import { RegionCodeSchema } from '../../domain/region.ts'
import { HeldQueue } from '../wire/held-queue.ts'
import { FrameCutter, hj212Packet } from '../wire/hj212-frame.ts'
import { type Hj212Mapping, Hj212MappingSchema, type Taken, readingsOf } from '../wire/hj212-intake.ts'
import { type Message, answerText, readMessage } from '../wire/hj212-message.ts'
import { flagMeanings } from '../wire/hj212-value.ts'
import { describe } from '../wire/number-text.ts'

/** Devices that dial in by HJ 212, as the source stands in sources.yaml. */
export const Hj212SettingsSchema = v.strictObject({
  /** tcp://address:port of this machine, where the devices dial in. */
  listen: v.pipe(v.string(), v.regex(/^tcp:\/\/[^/?#@]+:\d+$/, 'tcp://address:port')),
  /** Devices by MN. What any other sends is refused, and not acknowledged. */
  stations: v.record(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,24}$/, 'an MN has up to 24 letters and digits')),
    v.strictObject({ region: RegionCodeSchema, name: v.optional(v.pipe(v.string(), v.nonEmpty())) }),
  ),
  /** PW that every packet must carry, by name. */
  passwordSecret: v.optional(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/))),
  /** Data flags that the standard does not have, or means otherwise here. */
  flags: v.optional(v.record(v.string(), v.picklist(flagMeanings)), {}),
})
type Settings = v.InferOutput<typeof Hj212SettingsSchema>

/** What waits for the store at most; the devices wait behind it. */
const mostWaiting = 2_000
/** Packets remembered: by them a repetition is known, and the time of a divided message. */
const mostRemembered = 10_000
/** Answers on their way to one device: one that does not read them is cut off. */
const mostUnread = 1_000
const dataCommands = new Set(['2011', '2031', '2051', '2061'])
const heartbeat = '9015'

type Arrived = { device: ByteStream & { peer: string } } & (
  | { text: string; bytes: Uint8Array }
  | { fault: string }
)

export default defineIndicatorAdapter<Settings, Hj212Mapping>({
  version: '1.0.0',
  settings: Hj212SettingsSchema,
  mapping: Hj212MappingSchema,

  async probe(source) {
    const devices = Object.keys(source.stations).length
    return Promise.resolve({
      reachable: true,
      detail: `${devices} devices may dial in to ${source.listen}`,
      clockSkewMs: null,
    })
  },

  // Devices speak up by themselves, and repeat what was not acknowledged: there is nothing to ask for.
  async *read() {},

  async *follow(source, feeds, _cursor, io) {
    io.signal.throwIfAborted()
    const password = source.passwordSecret === undefined ? undefined : io.secret(source.passwordSecret)
    const queue = new HeldQueue<Arrived>(mostWaiting)
    const stop = () => queue.end(io.signal.reason)
    io.signal.addEventListener('abort', stop, { once: true })
    const devices = io.listen(source.listen)[Symbol.asyncIterator]()
    void accept(devices, queue)
    try {
      const desk = new Desk(source, feeds, io, password)
      for (;;) {
        const arrived = await queue.take()
        const { delivery, answers } = desk.take(arrived)
        yield delivery
        // Asked for the next one: what these packets said is durable.
        for (const { device, message } of answers) desk.answer(device, message)
      }
    } finally {
      io.signal.removeEventListener('abort', stop)
      queue.end(new SourceError('no longer listening'))
      void devices.return?.()
    }
  },
})

async function accept(devices: AsyncIterator<ByteStream & { peer: string }>, queue: HeldQueue<Arrived>) {
  try {
    for (let next = await devices.next(); !next.done; next = await devices.next())
      void hear(next.value, queue)
    queue.end(new SourceError('the port was closed'))
  } catch (cause) {
    queue.end(cause)
  }
}

async function hear(device: ByteStream & { peer: string }, queue: HeldQueue<Arrived>): Promise<void> {
  const cutter = new FrameCutter()
  try {
    for await (const chunk of device.chunks)
      for (const event of cutter.push(chunk))
        await queue.put('frame' in event ? { device, ...event.frame } : { device, fault: event.fault })
  } catch {
    // It dials in again, and repeats what was not acknowledged.
  }
}

class Desk {
  private readonly source: Settings
  private readonly feeds: readonly Subscription<Hj212Mapping>[]
  private readonly io: Io
  private readonly password: string | undefined
  private readonly seen = new Map<string, true>()
  private readonly times = new Map<string, string>()
  private readonly unread = new WeakMap<ByteStream, number>()

  constructor(
    source: Settings,
    feeds: readonly Subscription<Hj212Mapping>[],
    io: Io,
    password: string | undefined,
  ) {
    this.source = source
    this.feeds = feeds
    this.io = io
    this.password = password
  }

  take(arrived: readonly Arrived[]) {
    const pages = this.feeds.map(({ key }): Delivery['pages'][number] => ({
      key,
      readings: [],
      refusals: [],
    }))
    const answers: { device: ByteStream; message: Message }[] = []
    for (const one of arrived) {
      const read = 'fault' in one ? one : readMessage(one.text)
      const refusals: Refusal[] | undefined = pages[0]?.refusals
      const reason = 'fault' in read ? read.fault : this.faultOf(read)
      if (reason !== undefined || 'fault' in read || 'fault' in one) {
        refusals?.push({ row: placeOf(one.device.peer, read), reason: reason ?? 'no packet' })
        continue
      }
      if (dataCommands.has(read.cn))
        this.readInto(pages, { message: read, place: placeOf(one.device.peer, read), bytes: one.bytes })
      if (read.flag.wantsAnswer) answers.push({ device: one.device, message: read })
    }
    return {
      delivery: { pages: pages.filter((page) => page.readings.length + page.refusals.length > 0) },
      answers,
    }
  }

  /** Nobody waits for a device to read its answer; one that has gone away sends its packet again. */
  answer(device: ByteStream, message: Message): void {
    const unread = (this.unread.get(device) ?? 0) + 1
    if (unread > mostUnread) {
      device.close()
      return
    }
    this.unread.set(device, unread)
    const written = () => void this.unread.set(device, (this.unread.get(device) ?? 1) - 1)
    device.write(hj212Packet(answerText(message))).then(written, written)
  }

  /** Why a packet is neither read nor acknowledged. */
  private faultOf(message: Message): string | undefined {
    const { mn, cn, password, part } = message
    if (!Object.hasOwn(this.source.stations, mn)) return `MN ${describe(mn)} is not in the source's stations`
    if (this.password !== undefined && password !== this.password)
      return `MN ${mn} sends another PW than the source's secret`
    if (!dataCommands.has(cn)) return cn === heartbeat ? undefined : `CN ${describe(cn)} is not read here`
    const known = message.dataTime ?? this.times.get(requestOf(message))
    return part && known === undefined ? 'the packet that tells DataTime has not come yet' : undefined
  }

  private readInto(pages: Delivery['pages'], taken: Taken): void {
    const { message } = taken
    const request = requestOf(message)
    const packet = `${request} ${message.part?.number ?? ''}`
    if (this.seen.has(packet)) {
      this.io.tally({ duplicate: 1 })
      return
    }
    remember(this.seen, packet, true)
    if (message.dataTime !== undefined && message.part) remember(this.times, request, message.dataTime)
    const dataTime = message.dataTime ?? this.times.get(request)
    const { flags, stations } = this.source
    const world = { timeZone: this.io.timeZone, flags, stations }
    for (const [index, { mapping }] of this.feeds.entries()) {
      const { readings, refusals } = readingsOf(mapping, taken, dataTime, world)
      pages[index]?.readings.push(...readings)
      pages[index]?.refusals.push(...refusals)
    }
  }
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  known.set(key, value)
  if (known.size > mostRemembered) known.delete(known.keys().next().value!)
}

const requestOf = ({ mn, qn, cn }: Message) => `${mn} ${qn} ${cn}`

function placeOf(peer: string, message: Message | { fault: string }): string {
  if ('fault' in message) return `a packet from ${peer}`
  const { mn, qn, cn, part } = message
  return `MN ${mn} QN ${qn} CN ${cn}${part ? ` packet ${part.number} of ${part.of}` : ''}`
}
