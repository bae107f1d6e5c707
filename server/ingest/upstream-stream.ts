import type { Readable } from 'node:stream'
import axios from 'axios'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { HttpRequest, HttpStream } from '../../src/contracts/io.ts'
import { lowerCased, reasonOf } from './upstream-http.ts'

const longestSilenceMs = 60_000

/** Like createUpstreamHttp for an answer that is read while it comes: the same origins, no redirects, silence and length bounded. */
export function createUpstreamStream(allowedOrigins: ReadonlySet<string>) {
  return async function open(request: HttpRequest, signal: AbortSignal): Promise<HttpStream> {
    const { origin } = new URL(request.url)
    if (!allowedOrigins.has(origin)) throw new SourceError(`${origin} is not an address of this source`)
    const silence = new Silence(origin, request.timeoutMs ?? longestSilenceMs)
    try {
      const { status, headers, data } = await axios.request<Readable>({
        method: request.method,
        url: request.url,
        ...(request.headers ? { headers: request.headers } : {}),
        ...(request.body === undefined ? {} : { data: request.body }),
        adapter: 'http',
        proxy: false,
        maxRedirects: 0,
        responseType: 'stream',
        validateStatus: () => true,
        transformRequest: [(body: string) => body],
        signal: AbortSignal.any([signal, silence.signal]),
      })
      // Without a listener, a break between two reads would end the process.
      data.on('error', () => undefined)
      const reading = { origin, silence, signal, maxBytes: request.maxBytes ?? Number.POSITIVE_INFINITY }
      return { status, headers: lowerCased(headers), chunks: chunksOf(data, reading) }
    } catch (cause) {
      silence.over()
      signal.throwIfAborted()
      throw silence.broken ?? new SourceError(`${origin} did not answer: ${reasonOf(cause)}`)
    }
  }
}

interface Reading {
  origin: string
  silence: Silence
  signal: AbortSignal
  maxBytes: number
}

async function* chunksOf(
  data: Readable,
  { origin, silence, signal, maxBytes }: Reading,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const chunk of data as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw new SourceError(`${origin} sent more than ${maxBytes} bytes`)
      // Who reads slowly does not make the source silent.
      silence.over()
      yield chunk
      silence.begins()
    }
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof SourceError) throw cause
    throw silence.broken ?? new SourceError(`${origin} broke off: ${reasonOf(cause)}`)
  } finally {
    silence.over()
    data.destroy()
  }
}

/** Ends a connection on which nothing has come for so long. */
class Silence {
  broken: SourceError | undefined
  private readonly end = new AbortController()
  private readonly sentence: string
  private readonly longestMs: number
  private timer: NodeJS.Timeout | undefined

  constructor(origin: string, longestMs: number) {
    this.sentence = `${origin} was silent for ${longestMs / 1000} s`
    this.longestMs = longestMs
    this.begins()
  }

  get signal(): AbortSignal {
    return this.end.signal
  }

  begins(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.broken = new SourceError(this.sentence)
      this.end.abort(this.broken)
    }, this.longestMs)
  }

  over(): void {
    clearTimeout(this.timer)
  }
}
