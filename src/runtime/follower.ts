import { watch } from 'vue'
import { type EventSourceLike, followStream, type StreamEvent } from '../client/event-stream.ts'
import { readCatalogue, readLatest, readSituation, readSources } from '../client/gateway.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { tellFeatureNews } from '../stores/feature-news.ts'
import { useObservations } from '../stores/observations.ts'
import { usePageCounts } from '../stores/page-counts.ts'
import { useSession } from '../stores/session.ts'
import { useSituation } from '../stores/situation.ts'
import { useSources } from '../stores/sources.ts'

const sourcesEveryMs = 15_000

/** The answers a page begins with. They are asked for before the console's own code is even loaded. */
export interface Snapshot {
  catalogue: ReturnType<typeof readCatalogue>
  latest: ReturnType<typeof readLatest>
  situation: ReturnType<typeof readSituation>
}

export function askSnapshot(asOf: string | undefined): Snapshot {
  const answers = {
    catalogue: readCatalogue(asOf),
    latest: readLatest({ asOf }),
    situation: readSituation(asOf),
  }
  // They are awaited later; until then a refusal is not an unhandled one.
  for (const answer of Object.values(answers)) answer.catch(() => undefined)
  return answers
}

/**
 * Keeps the stores true: snapshot, then the stream from the snapshot's cursor; a new snapshot whenever the gateway says
 * that the cursor is too old or the city was edited. With `asOf` there is a snapshot only. Answers what stops it.
 */
export function follow(first: Snapshot, events: EventSourceLike, asOf: string | undefined): () => void {
  const [catalogue, observations, situation, session] = [
    useCatalogue(),
    useObservations(),
    useSituation(),
    useSession(),
  ]
  let stopStream: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function begin(snapshot: Snapshot): Promise<void> {
    try {
      const cursor = await take(snapshot)
      if (!stopped && asOf === undefined) listen(cursor)
    } catch {
      session.link(catalogue.loaded ? 'reconnecting' : 'connecting')
      beginIn(1_000 + 2_000 * Math.random())
    }
  }

  function beginIn(delayMs: number): void {
    stopStream?.()
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void begin(askSnapshot(asOf)), delayMs)
  }

  function listen(after: number): void {
    stopStream = followStream({ source: events, after, hear, state: session.link })
  }

  function hear(event: StreamEvent): void {
    hearTime(event.kind === 'heartbeat' ? event.serverTime : undefined)
    if (event.kind === 'observation') observations.accept(event.observations)
    else if (event.kind === 'record') situation.apply(event.record)
    else if (event.kind === 'features') tellFeatureNews(event.news)
    else if (event.kind === 'reset') beginIn(0)
    // Spread, because every screen hears of the edited city in the same instant.
    else if (event.kind === 'catalogue' && event.hash !== catalogue.hash) beginIn(1_000 * Math.random())
  }

  const stopCounting = watchCounts()
  const stopSources = watchSources()
  void begin(first)
  return () => {
    stopped = true
    clearTimeout(timer)
    stopSources()
    stopCounting()
    stopStream?.()
  }
}

/** Definitions first: what class an observation belongs to depends on its source. Answers the cursor to listen from. */
async function take(snapshot: Snapshot): Promise<number> {
  useCatalogue().accept(await snapshot.catalogue)
  const latest = await snapshot.latest
  hearTime(latest.serverTime)
  useObservations().acceptSnapshot(latest.observations)
  const facts = await snapshot.situation
  useSituation().accept(facts)
  return Math.min(latest.cursor, facts.cursor)
}

function hearTime(serverTime: string | undefined): void {
  const clock = useClock()
  if (serverTime !== undefined) clock.sync(serverTime)
  useSession().heardMs = clock.serverNowMs()
}

/** Counts again with each record and each second, because deadlines pass by themselves. */
function watchCounts(): () => void {
  const [situation, clock, counts] = [useSituation(), useClock(), usePageCounts()]
  return watch(
    () => [situation.incidents, situation.warnings, situation.alarms, clock.nowMs],
    // Before the next drawing, once for all records of a burst.
    () => situation.settled && counts.count(situation, clock.nowMs),
  )
}

/** Asks how the upstreams do, now and then about every 15 s, whether or not the last question failed. */
function watchSources(): () => void {
  const sources = useSources()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const ask = async (): Promise<void> => {
    try {
      sources.accept((await readSources()).sources)
    } catch {
      // The connection's own state already says that the gateway is away.
    }
    if (!stopped) timer = setTimeout(() => void ask(), sourcesEveryMs * (0.9 + 0.2 * Math.random()))
  }
  void ask()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
