import { createServer } from 'node:net'
import { createSourceIo, waysOf } from '../../../server/ingest/source-io.ts'
import type { Io, Tally } from '../../../src/contracts/io.ts'

export interface OwnIo {
  io: Io
  stop: AbortController
  counted: Tally
}

/** The gateway's own way out, for these settings: real sockets, real files below `root`. */
export function ownIo(settings: unknown, root = '/', secrets: Readonly<Record<string, string>> = {}): OwnIo {
  const counted: Tally = {}
  const stop = new AbortController()
  const ways = {
    ...waysOf(settings),
    tally(count: Tally) {
      for (const key of ['dropped', 'merged', 'duplicate'] as const)
        if (count[key] !== undefined) counted[key] = (counted[key] ?? 0) + count[key]
    },
  }
  const world = {
    root,
    timeZone: 'Asia/Shanghai',
    now: () => Date.parse('2026-08-06T06:32:00Z'),
    secret: (name: string) => secrets[name],
  }
  return { io: createSourceIo(world, ways, stop.signal), stop, counted }
}

export function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
