import { AxiosError, AxiosHeaders, getAdapter, type InternalAxiosRequestConfig } from 'axios'
import { staticAnswer } from '../../mock-data/static/static-answer.ts'
import type { StaticCity } from '../../mock-data/static/static-city.ts'
import { StaticGateway } from '../../mock-data/static/static-gateway.ts'
import { toInstant } from '../domain/instant.ts'
import type { EventSourceLike } from './event-stream.ts'
import { http } from './http.ts'

const [lookEveryMs, heartbeatMs] = [1_000, 15_000]
const seed = 'changchun'

/**
 * The app without a gateway: `/api/**` is answered in the page from the simulator, and the stream is a timer that tells the
 * same events. Nothing is kept and nothing can be commanded.
 */
export async function startStatic(): Promise<EventSourceLike> {
  const { data: city } = await http.get<StaticCity>(`${import.meta.env.BASE_URL}static/city.json`)
  const now = await StaticGateway.start(city, seed, Date.now)
  const past = new Map<string, Promise<StaticGateway>>()
  /** An instant of the past is a city of its own: the simulator is a function of time. */
  const gatewayAt = (asOf: string | null): Promise<StaticGateway> => {
    if (asOf === null) return Promise.resolve(now)
    const known = past.get(asOf) ?? StaticGateway.start(city, seed, () => Date.parse(asOf))
    past.set(asOf, known)
    return known
  }
  answerInPage(gatewayAt)
  void comparePasts(now)
  return timerEvents(now)
}

function answerInPage(gatewayAt: (asOf: string | null) => Promise<StaticGateway>): void {
  const overNetwork = getAdapter(http.defaults.adapter)
  http.defaults.adapter = async (config: InternalAxiosRequestConfig) => {
    const url = new URL(http.getUri(config), location.origin)
    if (!url.pathname.startsWith('/api/')) return await overNetwork(config)
    const gateway = await gatewayAt(url.searchParams.get('asOf'))
    const { status, body } = await staticAnswer(
      gateway,
      (config.method ?? 'get').toUpperCase(),
      url.pathname,
      url.searchParams,
    )
    // As a wire would: what a store keeps must not be what the gateway keeps.
    const response = {
      data: structuredClone(body),
      status,
      statusText: '',
      headers: new AxiosHeaders(),
      config,
    }
    if (status >= 400) throw new AxiosError('refused', AxiosError.ERR_BAD_REQUEST, config, null, response)
    return response
  }
}

/** Comparisons want the past; it is read after the first figures, one indicator at a time. */
async function comparePasts(gateway: StaticGateway): Promise<void> {
  for (const code of gateway.comparable()) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    await gateway.past(code)
  }
}

function timerEvents(gateway: StaticGateway): EventSourceLike {
  return {
    open(after, hear, lost) {
      const beat = (): void => hear({ kind: 'heartbeat', serverTime: toInstant(gateway.nowMs) })
      let busy = false
      const look = async (): Promise<void> => {
        if (busy) return
        busy = true
        await gateway.look().catch(lost)
        busy = false
      }
      const stop = gateway.hear(after, (event) => hear(structuredClone(event)))
      const timers = [setInterval(() => void look(), lookEveryMs), setInterval(beat, heartbeatMs)]
      queueMicrotask(beat)
      return () => {
        stop()
        timers.forEach(clearInterval)
      }
    },
  }
}
