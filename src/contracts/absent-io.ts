import { SourceError } from './indicator-adapter.ts'
import type { Io } from './io.ts'

type Wires = Pick<Io, 'open' | 'reach' | 'connect' | 'listen' | 'files' | 'tally'>

/** For a world that answers questions and has nothing else: each says so in a sentence. */
export function absentIo(where: string): Wires {
  const missing = (what: string): SourceError => new SourceError(`${where} has no ${what}`)
  return {
    open: () => Promise.reject(missing('streams')),
    reach: () => Promise.reject(missing('network')),
    connect: () => Promise.reject(missing('connections')),
    listen: () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(missing('port to listen on')) }),
    }),
    files: () => Promise.reject(missing('folders')),
    tally: () => undefined,
  }
}
