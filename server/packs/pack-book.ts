import { join } from 'node:path'
import type { CityRecord, JournalRecord } from '../../src/domain/command.ts'
import { type DefinitionChange, packDiff } from '../../src/domain/pack-diff.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { City } from '../city/load-city.ts'
import type { Gateway } from '../gateway.ts'
import type { GatewayPart } from '../gateway-parts.ts'
import type { LogItem } from '../stream/event-log.ts'
import { readPack } from './pack-file.ts'
import { PackStore } from './pack-store.ts'

type Payload = Extract<CityRecord, { type: 'city.changed' }>['payload']

/** The definitions that were in force from an instant on. */
export interface Standing extends Payload {
  sequence: number
  at: string
}

type Needs = Pick<Gateway, 'storage' | 'book' | 'city' | 'log'>

/** Keeps every accepted city's packs by their bytes, and on the journal which of them stood from when. */
export class PackBook implements GatewayPart {
  readonly store: PackStore
  private readonly gateway: Needs
  /** In the order of the journal. */
  private readonly history: Standing[] = []
  private work: Promise<void>

  constructor(gateway: Needs) {
    this.gateway = gateway
    const { folder } = gateway.storage
    this.store = new PackStore(folder === undefined ? undefined : join(folder, 'packs'))
    this.work = this.queue(() => this.readHistory())
  }

  start(): void {
    this.work = this.queue(() => this.take(this.gateway.city()))
  }

  cityChanged(next: City): Promise<void> {
    return (this.work = this.queue(() => this.take(next)))
  }

  published(item: LogItem): void {
    if ('record' in item) this.note(item.record)
  }

  settled(): Promise<void> {
    return this.work
  }

  /** What stood at an instant; before the first record, the first that is known. */
  standingAt(epochMs: number): Standing | undefined {
    return this.history.findLast(({ at }) => Date.parse(at) <= epochMs) ?? this.history[0]
  }

  all(): readonly Standing[] {
    return this.history
  }

  before(standing: Standing): Standing | undefined {
    return this.history[this.history.indexOf(standing) - 1]
  }

  /** The definitions of a standing; undefined where one of its packs is no longer to be read. */
  async definitions({ packs }: Pick<Standing, 'packs'>): Promise<Indicator[] | undefined> {
    const texts = await Promise.all(packs.map(({ sha256 }) => this.store.read(sha256)))
    const read = texts.map((text, nth) => (text === undefined ? undefined : readPack(packs[nth]!.id, text)))
    if (read.some((pack) => pack === undefined || 'errors' in pack)) return undefined
    return read.flatMap((pack) => (pack && 'indicators' in pack ? pack.indicators : []))
  }

  private async take(city: City): Promise<void> {
    const packs = await Promise.all(
      city.packs.map(async ({ id, version, text }) => ({ id, version, sha256: await this.store.keep(text) })),
    )
    const before = this.history.at(-1)
    if (before?.hash === city.hash) return
    const changes = before ? await this.changes(before, { packs }) : []
    const payload: Payload = { hash: city.hash, packs, changes }
    // Gateways that share a journal see the same change, and write it once.
    const cause = `city:${city.hash}:${this.history.length}`
    await this.gateway.book.record({ type: 'city.changed', payload }, `city:${city.city.id}`, cause)
    await this.readHistory()
  }

  private async changes(
    before: Pick<Standing, 'packs'>,
    now: Pick<Standing, 'packs'>,
  ): Promise<DefinitionChange[]> {
    const [old, fresh] = await Promise.all([this.definitions(before), this.definitions(now)])
    return old && fresh ? packDiff(old.map(unasked), fresh.map(unasked)) : []
  }

  private async readHistory(): Promise<void> {
    const { journal } = this.gateway.storage
    for await (const record of journal.after(this.history.at(-1)?.sequence ?? 0)) this.note(record)
  }

  private note(record: JournalRecord): void {
    if (record.type !== 'city.changed') return
    const { sequence, at, payload } = record
    if (sequence > (this.history.at(-1)?.sequence ?? 0)) this.history.push({ ...payload, sequence, at })
  }

  /** One after another; a failure is told and does not keep the next from being tried. */
  private queue(step: () => Promise<void>): Promise<void> {
    return (this.work ?? Promise.resolve()).then(step).catch((cause: unknown) => {
      this.gateway.log.warn('the packs of the city could not be kept', { reason: String(cause) })
    })
  }
}

/** How a source is asked is nobody's business outside the gateway, and the journal is sent to screens. */
function unasked(indicator: Indicator): Indicator {
  return { ...indicator, sources: indicator.sources.map((source) => ({ ...source, mapping: {} })) }
}

const books = new WeakMap<object, PackBook>()

/** The gateway's one book of packs. */
export function packBookOf(gateway: Gateway): PackBook {
  const known = books.get(gateway) ?? new PackBook(gateway)
  books.set(gateway, known)
  return known
}
