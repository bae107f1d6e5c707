import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, HttpStream, Io, Tally } from '../../src/contracts/io.ts'
import { addressesIn } from './address.ts'
import { connect, listen, reach } from './io-sockets.ts'
import { originsIn } from './settings.ts'
import { listSourceFiles, readSourceFile } from './source-files.ts'
import { createUpstreamHttp } from './upstream-http.ts'
import { createUpstreamStream } from './upstream-stream.ts'

export interface World {
  root: string
  timeZone: string
  now(): number
  secret(name: string): string | undefined
}

/** The ways out of the gateway that one source has: made once, because they remember what they were answered. */
export interface Ways {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
  stream(request: HttpRequest, signal: AbortSignal): Promise<HttpStream>
  addresses: ReadonlySet<string>
  tally?(count: Tally): void
}

/** To the addresses that these settings name, and to no other. */
export function waysOf(settings: unknown): Ways {
  const origins = originsIn(settings)
  return {
    send: createUpstreamHttp(origins),
    stream: createUpstreamStream(origins),
    addresses: addressesIn(settings),
  }
}

/** What one poll of one source may touch. Equal GETs within the poll are asked once and share the answer. */
export function createSourceIo(world: World, ways: Ways, signal: AbortSignal): Io {
  const asked = new Map<string, Promise<HttpAnswer>>()
  return {
    http(request) {
      if (request.method !== 'GET') return ways.send(request, signal)
      const key = JSON.stringify([request.url, request.headers])
      const before = asked.get(key)
      if (before) return before
      const answer = ways.send(request, signal)
      asked.set(key, answer)
      return answer
    },
    open: (request) => ways.stream(request, signal),
    reach: (address) => reach(address, ways.addresses),
    connect: (address) => connect(address, ways.addresses, signal),
    listen: (address) => listen(address, ways.addresses, signal),
    file: (path) => readSourceFile(world.root, path),
    files: (folder, pattern) => listSourceFiles(world.root, folder, pattern),
    tally: (count) => ways.tally?.(count),
    now: () => world.now(),
    random: Math.random,
    signal,
    secret(name) {
      const value = world.secret(name)
      if (value === undefined)
        throw new SourceError(`secret ${name} is not set: set the environment variable SECRET_${name}`)
      return value
    },
    timeZone: world.timeZone,
  }
}
