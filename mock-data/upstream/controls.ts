import * as v from 'valibot'
import type { DatedPoint } from '../simulator/catalogue.ts'
import { catalogue, pointsOf } from '../simulator/catalogue.ts'

const OrderSchema = v.variant('do', [
  /** From the newest point on, the series has this value; without dims, every one of the region's series. */
  v.strictObject({
    do: v.literal('override'),
    indicator: v.string(),
    region: v.optional(v.string(), '220100'),
    dims: v.optional(v.record(v.string(), v.string())),
    value: v.nullable(v.number()),
  }),
  /** Answers of the service wait this long before they are sent. */
  v.strictObject({ do: v.literal('stall'), service: v.string(), ms: v.number() }),
  /** Answers of the service are this status with an error body. */
  v.strictObject({ do: v.literal('fail'), service: v.string(), status: v.number() }),
  /** Connections to the service are cut. */
  v.strictObject({ do: v.literal('stop'), service: v.string() }),
  v.strictObject({ do: v.literal('reset') }),
])
type Order = v.InferOutput<typeof OrderSchema>
type Kept = Extract<Order, { do: 'override' }> & { fromSlot: number }

export interface Trouble {
  stallMs: number
  status: number | undefined
  stopped: boolean
}

/** Tests play a bad upstream with this. It stands open only where the process was started with CONTROL=1. */
export class Controls {
  private overrides: Kept[] = []
  private troubles = new Map<string, Trouble>()

  obey(text: string, nowMs: number, seed: string): { status: number; body: Record<string, string> } {
    const order = v.safeParse(OrderSchema, safeJson(text))
    if (!order.success) return { status: 422, body: { error: order.issues[0].message } }
    if (order.output.do === 'override' && !catalogue.has(order.output.indicator))
      return { status: 422, body: { error: 'no such series' } }
    this.apply(order.output, nowMs, seed)
    return { status: 200, body: { done: order.output.do } }
  }

  private apply(order: Order, nowMs: number, seed: string): void {
    if (order.do === 'reset') {
      this.overrides = []
      this.troubles.clear()
    } else if (order.do === 'override') {
      const fromSlot = pointsOf(catalogue.get(order.indicator)!, seed, nowMs).at(-1)?.slot ?? 0
      this.overrides = [{ ...order, fromSlot }, ...this.overrides]
    } else {
      const calm: Trouble = { stallMs: 0, status: undefined, stopped: false }
      const change =
        order.do === 'stall'
          ? { stallMs: order.ms }
          : order.do === 'fail'
            ? { status: order.status }
            : { stopped: true }
      this.troubles.set(order.service, { ...calm, ...this.troubles.get(order.service), ...change })
    }
  }

  /** Trouble of a service, or of all services under the name `*`. */
  troubleOf(service: string): Trouble | undefined {
    return this.troubles.get(service) ?? this.troubles.get('*')
  }

  readonly override = (code: string, point: DatedPoint): number | null | undefined => {
    const kept = this.overrides.find(
      ({ indicator, region, dims, fromSlot }) =>
        indicator === code &&
        region === point.region &&
        point.slot >= fromSlot &&
        (dims === undefined || Object.entries(dims).every(([key, value]) => point.dims[key] === value)),
    )
    return kept?.value
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
