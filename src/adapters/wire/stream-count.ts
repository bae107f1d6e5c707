import type { Io } from '../../contracts/io.ts'
import { Seen } from './seen.ts'

const remembered = 20_000

/**
 * Keeps count of what one connection of a pushing server told. Numbers that are repeated on it are told of; one at or below
 * the place we came back to may also be a server's that counts anew after its restart, so it is not held back.
 */
export class StreamCount {
  private readonly seen = new Seen(remembered)
  private readonly counted: boolean
  private readonly known: number
  private previous: number

  /** `cursor` is the last durable number; `counted` says that numbers have no holes. */
  constructor(cursor: string | undefined, counted: boolean) {
    this.counted = counted
    this.known = Number(cursor ?? Number.NaN)
    this.previous = this.known
  }

  /** Undefined for what came on this connection before; else the numbers that are missing in front of it, if any. */
  next(id: string | undefined, io: Pick<Io, 'tally'>): { missed?: string } | undefined {
    if (id === undefined) return {}
    if (this.seen.has(id)) {
      io.tally({ duplicate: 1 })
      return undefined
    }
    this.seen.add(id)
    const number = this.counted ? Number(id) : Number.NaN
    if (Number.isNaN(number)) return {}
    if (number <= this.known) io.tally({ duplicate: 1 })
    const [from, to] = [this.previous + 1, number - 1]
    this.previous = number
    if (!(to >= from)) return {}
    return { missed: from === to ? String(from) : `${from} to ${to}` }
  }
}
