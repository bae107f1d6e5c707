import { createHash } from 'node:crypto'
import axios from 'axios'
import { bulkhead } from 'cockatiel'
import type { HttpAnswer, HttpRequest } from '../../src/contracts/io.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'

const longestKeptBody = 2_000_000
/** Questions on their way to one source at once; the others wait their turn. */
const atOnce = 8

interface Kept {
  etag: string | undefined
  lastModified: string | undefined
  answer: HttpAnswer
}

/**
 * The one way out of the gateway: only to the origins a source's settings name, redirects not followed, body and time
 * bounded. Keeps validators per address, so an unchanged upstream answers 304 and costs nothing.
 */
export function createUpstreamHttp(allowedOrigins: ReadonlySet<string>) {
  const kept = new Map<string, Kept>()
  const turns = bulkhead(atOnce, Number.POSITIVE_INFINITY)

  return async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const url = new URL(request.url)
    if (!allowedOrigins.has(url.origin))
      throw new SourceError(`${url.origin} is not an address of this source`)
    const key =
      request.method === 'GET' ? `${request.url}\n${request.headers?.authorization ?? ''}` : undefined
    const known = key === undefined ? undefined : kept.get(key)
    const answer = await turns.execute(() => ask(request, validators(known), signal))
    if (answer.status === 304 && known)
      return { ...known.answer, headers: { ...known.answer.headers, ...answer.headers }, unchanged: true }
    const { etag, 'last-modified': lastModified } = answer.headers
    if (
      key !== undefined &&
      answer.status === 200 &&
      (etag ?? lastModified) !== undefined &&
      answer.body.length < longestKeptBody
    ) {
      kept.delete(key)
      kept.set(key, { etag, lastModified, answer })
      if (kept.size > 500) kept.delete(kept.keys().next().value!)
    }
    return answer
  }
}

function validators(known: Kept | undefined): Record<string, string> {
  return {
    ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
    ...(known?.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
  }
}

async function ask(
  request: HttpRequest,
  extra: Record<string, string>,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    const response = await axios.request<Buffer>({
      method: request.method,
      url: request.url,
      headers: { ...request.headers, ...extra },
      ...(request.body === undefined ? {} : { data: request.body }),
      adapter: 'http',
      proxy: false,
      maxRedirects: 0,
      responseType: 'arraybuffer',
      timeout: request.timeoutMs ?? 15_000,
      maxContentLength: request.maxBytes ?? 20_000_000,
      validateStatus: () => true,
      transformRequest: [(body: string) => body],
      signal,
    })
    const bytes = Buffer.from(response.data)
    return {
      status: response.status,
      headers: lowerCased(response.headers),
      body: bytes.toString('utf8'),
      unchanged: false,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw new SourceError(`${new URL(request.url).origin} did not answer: ${reasonOf(cause)}`)
  }
}

export function lowerCased(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
}

/** An axios error carries the request with its headers; only code and sentence may leave. */
export function reasonOf(cause: unknown): string {
  if (!axios.isAxiosError(cause)) return cause instanceof Error ? cause.message : String(cause)
  return cause.code === 'ECONNREFUSED' ? 'connection refused' : ((cause.message || cause.code) ?? 'unknown')
}
