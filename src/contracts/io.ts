import type { ByteStream } from './byte-stream.ts'

/** Everything an adapter may touch of the outside world. Time, network, files, secrets and abort come in as arguments. */
export interface Io {
  /** One request to an address the source's settings allow. Identical GETs of one poll are asked once. */
  http(request: HttpRequest): Promise<HttpAnswer>
  /** A file of the source's own folder; absent from a source that has none. */
  file(path: string): Promise<FileAnswer>
  /** The same for an answer that is read as it comes (event stream, long file). `timeoutMs` is the longest silence in it. */
  open(request: HttpRequest): Promise<HttpStream>
  /**
   * Where a library that makes its own connection finds `mqtt://host:port` of the source's settings: the name is resolved once,
   * and `host` is its address. `servername` is the name, for certificates.
   */
  reach(address: string): Promise<{ host: string; port: number; servername: string }>
  /** `tcp://host:port` or `tls://host:port` of the source's settings. */
  connect(address: string): Promise<ByteStream>
  /** Devices that dial in to `tcp://host:port` of the source's settings, until io.signal or until the loop is left. */
  listen(address: string): AsyncIterable<ByteStream & { peer: string }>
  /** Files that lie in a folder of the source now, by name; `pattern` has * and ?. Watching is asking again. */
  files(folder: string, pattern?: string): Promise<FileEntry[]>
  /** Counted into the source's health, where an operator sees it. */
  tally(count: Tally): void
  /** Server time, milliseconds since 1970. */
  now(): number
  /** Random fraction in [0, 1), for jitter only. */
  random(): number
  signal: AbortSignal
  /** The secret of that name, or throws a sentence that names it. Never logged, never in an answer. */
  secret(name: string): string
  /** The city's IANA time zone, for times that carry none. */
  timeZone: string
}

export interface HttpRequest {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: string
  timeoutMs?: number
  /** Longest body read; a longer one is an error that says so. */
  maxBytes?: number
}

export interface HttpAnswer {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  body: string
  /** True when the upstream answered 304 and `body` is the one kept from before. */
  unchanged: boolean
  sha256: string
}

export interface HttpStream {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  chunks: AsyncIterable<Uint8Array>
}

export interface FileEntry {
  name: string
  bytes: number
  modifiedAt: string
}

/** Readings given up, taken as one with a newer one of their series, or delivered before. */
export interface Tally {
  dropped?: number
  merged?: number
  duplicate?: number
}

export interface FileAnswer {
  name: string
  bytes: Uint8Array
  sha256: string
  modifiedAt: string
}
