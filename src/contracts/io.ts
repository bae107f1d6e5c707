/** Everything an adapter may touch of the outside world. Time, network, files, secrets and abort come in as arguments. */
export interface Io {
  /** One request to an address the source's settings allow. Identical GETs of one poll are asked once. */
  http(request: HttpRequest): Promise<HttpAnswer>
  /** A file of the source's own folder; absent from a source that has none. */
  file(path: string): Promise<FileAnswer>
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

export interface FileAnswer {
  name: string
  bytes: Uint8Array
  sha256: string
  modifiedAt: string
}
