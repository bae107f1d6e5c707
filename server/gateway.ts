import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { IndicatorAdapter } from '../src/contracts/indicator-adapter.ts'
import { type CityRecord, eventNameOf } from '../src/domain/command.ts'
import { toInstant } from '../src/domain/instant.ts'
import type { Observation } from '../src/domain/observation.ts'
import { createAlarmWatch } from './alarm-watch.ts'
import { askerOf, createApp } from './app.ts'
import { type Viewer, viewerOf } from './auth/viewer.ts'
import type { City } from './city/load-city.ts'
import type { Clock } from './clock.ts'
import { createCockpitCounter } from './cockpit-counter.ts'
import { type Ingest, startIngest } from './ingest/ingest.ts'
import { type LatestBook, openLatestBook } from './latest-book.ts'
import type { Log } from './log.ts'
import { type Metrics, createMetrics } from './metrics.ts'
import { problemResponse } from './problem.ts'
import { type SituationBook, openSituationBook } from './situation-book.ts'
import { securityHeaders, serveFiles } from './static-files.ts'
import type { Storage } from './store/open-storage.ts'
import { type LogItem, followLog, readLog } from './stream/event-log.ts'
import { type StreamEvent, createScreens } from './stream/screens.ts'

export interface Gateway {
  clock: Clock
  log: Log
  storage: Storage
  book: SituationBook
  latest: LatestBook
  metrics: Metrics
  city(): City
  ingest(): Ingest
  onceSources(): ReadonlySet<string>
  /** Sequence of the last item that was folded and handed to the screens. */
  published(): number
  healthz(): { status: 'ok' | 'degraded'; city: string; sequence: number; sources: { ok: number; all: number }; serverTime: string }
}

export interface GatewayParts {
  city: City
  adapters: ReadonlyMap<string, IndicatorAdapter>
  storage: Storage
  clock: Clock
  log: Log
  root: string
  clientFolder: string
  variables: Readonly<Record<string, string>>
  secret(name: string): string | undefined
}

const longestReplay = 5_000

/** Puts the parts together; nothing runs until `startSources`, so that pages open before the first poll. */
export async function openGateway(parts: GatewayParts) {
  const { storage, clock, log } = parts
  let city = parts.city
  let ingest: Ingest | undefined
  const once = () => new Set(city.sources.filter((source) => source.cadence === 'once').map((source) => source.id))
  const indicatorsByCode = () => new Map(city.indicators.map((indicator) => [indicator.code, indicator]))
  let [onceSources, byCode] = [once(), indicatorsByCode()]
  const book = await openSituationBook(storage.journal, storage.lane, clock.now)
  const latest = await openLatestBook(
    { store: storage.store, indicator: (code) => byCode.get(code), regions: () => city.regions.map((region) => region.code), once: () => onceSources, timeZone: () => city.city.timeZone, now: clock.now },
    [...byCode.keys()],
  )
  let published = storage.lane.last()
  const screens = createScreens(() => ({ serverTime: toInstant(clock.now()) }))
  const health = () => ingest?.health() ?? []
  const metrics = createMetrics({
    screens: screens.count,
    sequence: () => storage.lane.last(),
    sources: () => health().map((source) => ({ source: source.source, ok: source.state === 'ok', observations: source.observations, refused: source.refused })),
  })
  const gateway: Gateway = {
    clock, log, storage, book, latest, metrics,
    city: () => city,
    ingest: () => ingest ?? { health: () => [], refusals: () => [], stop: async () => {} },
    onceSources: () => onceSources,
    published: () => published,
    healthz: () => {
      const sources = health()
      const ok = sources.filter((source) => source.state === 'ok').length
      return { status: ok === sources.length ? 'ok' : 'degraded', city: city.city.id, sequence: storage.lane.last(), sources: { ok, all: sources.length }, serverTime: toInstant(clock.now()) }
    },
  }
  const alarms = createAlarmWatch(gateway, (code) => byCode.get(code))
  const counter = createCockpitCounter(gateway)

  const observationEvent = (observations: readonly Observation[], sequence?: number): StreamEvent => ({
    ...(sequence === undefined ? {} : { sequence }),
    name: 'observation',
    bodyFor(viewer) {
      const seen = observations.filter((observation) => seesCode(viewer, observation.indicator))
      return seen.length === 0 ? undefined : { observations: seen }
    },
  })
  const seesCode = (viewer: Viewer, code: string): boolean => {
    const indicator = byCode.get(code)
    return indicator !== undefined && viewer.sees(indicator)
  }
  const eventOf = (item: LogItem, observations: readonly Observation[]): StreamEvent =>
    'record' in item
      ? { sequence: item.sequence, name: eventNameOf(item.record as CityRecord), bodyFor: (viewer) => (item.record.type !== 'alarm.fired' || seesCode(viewer, item.record.payload.indicator) ? item.record : undefined) }
      : observationEvent(observations, item.sequence)

  const follower = followLog(
    storage,
    published,
    async (item) => {
      if ('record' in item) book.fold(item.record)
      const changed = 'record' in item ? [] : await latest.accept(item.observations)
      if ('record' in item || changed.length > 0) screens.send(eventOf(item, changed))
      published = item.sequence
      if (changed.length > 0) alarms.look(changed)
      counter.changed()
    },
    (cause) => log.warn('the log could not be read on; it is tried again', { reason: String(cause) }),
  )

  const replay = (after: number) => {
    const upTo = published
    return (async (): Promise<StreamEvent[] | undefined> => {
      if (after > upTo || upTo - after > longestReplay) return undefined
      const events: StreamEvent[] = []
      for (let cursor = after; cursor < upTo; ) {
        const items = await readLog(storage.store, storage.journal, cursor, upTo, 500)
        if (items.length === 0) break
        for (const item of items) events.push(eventOf(item, 'record' in item ? [] : await latest.compare(item.observations)))
        cursor = items.at(-1)!.sequence
      }
      return events
    })()
  }

  function startSources(): void {
    ingest = startIngest(city, {
      adapters: parts.adapters, store: storage.store, lane: storage.lane, log, variables: parts.variables,
      world: { root: parts.root, timeZone: city.city.timeZone, now: clock.now, secret: parts.secret },
      async historyDone(indicator) {
        const changed = await latest.recompare(indicator.code)
        if (changed.length > 0) screens.send(observationEvent(changed))
      },
      healthChanged: () => counter.changed(),
    })
    counter.start()
    alarms.start()
  }

  /** A changed city takes the place of the old one: sources start again from their cursors, screens fetch the catalogue. */
  async function changeCity(next: City): Promise<void> {
    await ingest?.stop()
    city = next
    ;[onceSources, byCode] = [once(), indicatorsByCode()]
    startSources()
    screens.send({ name: 'catalogue', bodyFor: () => ({ hash: city.hash }) })
  }

  const server = createHttpServer(gateway, parts.clientFolder, screens, replay)
  return {
    gateway, server, startSources, changeCity,
    async close() {
      screens.close()
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
      counter.stop()
      alarms.stop()
      await ingest?.stop()
      await follower.stop()
      await storage.close()
    },
  }
}

function createHttpServer(gateway: Gateway, clientFolder: string, screens: ReturnType<typeof createScreens>, replay: (after: number) => Promise<StreamEvent[] | undefined>): Server {
  const api = getRequestListener(createApp(gateway).fetch)
  const files = serveFiles(clientFolder)
  return createServer((request: IncomingMessage, response: ServerResponse) => {
    securityHeaders(response)
    const url = new URL(request.url ?? '/', 'http://gateway')
    if (url.pathname === '/api/stream' && request.method === 'GET') return void openStream(request, response, url, screens, replay)
    if (/^\/(api\/|healthz$|metrics$)/.test(url.pathname)) return void api(request, response)
    files(request, response, () => void api(request, response))
  })
}

async function openStream(request: IncomingMessage, response: ServerResponse, url: URL, screens: ReturnType<typeof createScreens>, replay: (after: number) => Promise<StreamEvent[] | undefined>) {
  const viewer = viewerOf(askerOf(request))
  if (!viewer) {
    const problem = problemResponse({ type: 'about:blank', title: 'not allowed', status: 403 })
    response.writeHead(403, Object.fromEntries(problem.headers)).end(await problem.text())
    return
  }
  // After a break the browser itself says how far it got; that stands above where the page once started.
  const asked = request.headers['last-event-id'] ?? url.searchParams.get('after') ?? undefined
  const after = asked !== undefined && /^\d{1,15}$/.test(String(asked)) ? Number(asked) : undefined
  await screens.open(request, response, viewer, after, replay)
}
