import { StoreUnavailableError } from '../../store/storage-errors.ts'
import type { FeatureHistory, Heard, HistoryExtent, KeptStatement, Subject } from './feature-history.ts'
import { type HistoryDatabase, sql, standingSlot } from './history-tables.ts'
import {
  type Contents,
  type Prints,
  hashOf,
  packDifference,
  packWhole,
  printsOf,
  unpackBodies,
} from './statement-body.ts'

/** The newest statement of a subject that was written here, and what of it was written since a whole one. */
interface Written {
  n: number
  prints: Prints
  wholeBytes: number
  differences: number
  differenceBytes: number
}

const mostDifferences = 60
/** Standing collections and the instants looked at lately; of another subject the next statement is written whole. */
const mostWritten = 200

/** The history over a database; made for a thread of its own, because it parses and packs. */
export function createHistoryEngine(database: HistoryDatabase): FeatureHistory {
  const written = new Map<string, Written>()
  const totalBytes = async (read: HistoryDatabase['read']) => Number((await read(sql.bytes))[0]!['bytes'])
  let bytes: number | undefined
  return {
    hear: async (heard) =>
      await database.write(async (run) => {
        const [newest] = await run(sql.newest, [heard.identity, slotOf(heard)])
        if (newest?.['hash'] !== heard.hash) return false
        await noteHeard(run, heard, Number(newest['n']))
        return true
      }),
    async keep(heard, text) {
      const [features, refused] = JSON.parse(text) as [Contents['features'], Contents['refused']]
      const contents = { features, refused }
      const key = keyOf(heard)
      const before = written.get(key)
      const stored = await database.write(async (run) => await writeStatement(run, before, heard, contents))
      // Remembered only now: a statement that was rolled back is none that another may differ from.
      if (stored) noteWritten(written, key, stored.written)
      if (bytes !== undefined) bytes += stored?.bytes ?? 0
      return (bytes ??= await totalBytes(database.read))
    },
    find: async (asked) => await find(database, asked),
    async extent(): Promise<HistoryExtent> {
      const rows = await database.read(sql.extent)
      const fromMs = Object.fromEntries(rows.map((row) => [String(row['identity']), Number(row['heard'])]))
      return { fromMs, bytes: await totalBytes(database.read) }
    },
    async bound(limits) {
      const bounded = await bound(database, totalBytes, limits)
      ;({ bytes } = bounded)
      return bounded
    },
    close: () => database.close(),
  }
}

function slotOf({ atMs }: Subject): number {
  return atMs ?? standingSlot
}

function keyOf(subject: Subject): string {
  return `${subject.identity}|${slotOf(subject)}`
}

function noteWritten(written: Map<string, Written>, key: string, newest: Written): void {
  written.delete(key)
  written.set(key, newest)
  if (written.size > mostWritten) written.delete(written.keys().next().value!)
}

async function noteHeard(run: HistoryDatabase['read'], heard: Heard, n: number): Promise<void> {
  await run(sql.insertHeard, [heard.identity, slotOf(heard), heard.heardMs, heard.resultTime, n])
}

/** Nothing where it is what was newest already, told by another gateway in between. */
async function writeStatement(
  run: HistoryDatabase['read'],
  before: Written | undefined,
  heard: Heard,
  contents: Contents,
): Promise<{ written: Written; bytes: number } | undefined> {
  const [newest] = await run(sql.newest, [heard.identity, slotOf(heard)])
  if (newest?.['hash'] === heard.hash) {
    await noteHeard(run, heard, Number(newest['n']))
    return undefined
  }
  const [last] = await run(sql.lastNumber)
  const n = Number(last!['n']) + 1
  const prints = printsOf(contents)
  const base = before && before.n === Number(newest?.['n']) && hasRoom(before) ? before : undefined
  const body = base ? await packDifference(base.prints, prints, contents) : await packWhole(contents)
  const bytes = body.length
  const { identity, heardMs, hash } = heard
  await run(sql.insertStatement, [n, identity, slotOf(heard), heardMs, hash, !base, bytes, body])
  await noteHeard(run, heard, n)
  const written = base
    ? { ...base, n, prints, differences: base.differences + 1, differenceBytes: base.differenceBytes + bytes }
    : { n, prints, wholeBytes: bytes, differences: 0, differenceBytes: 0 }
  return { written, bytes }
}

/** So that a past instant is put together from few rows, and what it takes stays near what a whole statement takes. */
function hasRoom({ differences, differenceBytes, wholeBytes }: Written): boolean {
  return differences < mostDifferences && differenceBytes < 4 * wholeBytes
}

async function find(
  { read }: HistoryDatabase,
  { identity, fromAtMs, atMs, asOfMs }: Parameters<FeatureHistory['find']>[0],
): Promise<KeptStatement | undefined> {
  const to = slotOf({ identity, atMs })
  const [heard] = await read(sql.newestHeard, [identity, fromAtMs ?? to, to, asOfMs])
  if (!heard) return undefined
  const slot = Number(heard['slot'])
  const rows = await read(sql.chain, [identity, slot, Number(heard['n'])])
  const contents = await unpackBodies(rows.map(({ body }) => body as Uint8Array))
  const hash = String(rows.at(-1)?.['hash'])
  // Told as it was, or not at all.
  if (hashOf(JSON.stringify([contents.features, contents.refused])) !== hash)
    throw new StoreUnavailableError(`a kept statement of ${identity} cannot be put together again`)
  return {
    ...contents,
    atMs: slot === standingSlot ? undefined : slot,
    resultTime: String(heard['result']),
    sinceMs: Number(rows.at(-1)!['since']),
    receivedMs: Number(heard['heard']),
    hash,
  }
}

async function bound(
  database: HistoryDatabase,
  totalBytes: (read: HistoryDatabase['read']) => Promise<number>,
  { beforeMs, mostBytes }: Parameters<FeatureHistory['bound']>[0],
): ReturnType<FeatureHistory['bound']> {
  const forget = async (until: number) =>
    await database.write(async (run) => {
      await run(sql.forgetHeard, [until])
      await run(sql.forgetStatements)
      return await totalBytes(run)
    })
  let bytes = await forget(beforeMs)
  let forgottenMs = beforeMs
  // A tenth more than needed goes, so that the next statement does not forget again.
  for (let share = 0.9; bytes > mostBytes && share > 0.05; share /= 2) {
    const [heavier] = await database.read(sql.heavierSince, [Math.floor(share * mostBytes)])
    const since = heavier?.['since'] ?? null
    if (since === null || Number(since) < forgottenMs) continue
    const lighter = await forget(Number(since) + 1)
    if (lighter < bytes) forgottenMs = Number(since) + 1
    bytes = lighter
  }
  return { beforeMs: forgottenMs, bytes }
}
