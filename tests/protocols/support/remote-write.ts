import type { Running } from '../../support/services/service.ts'

export interface Sample {
  labels: Record<string, string>
  at: string
  value: number
}

/** Prometheus' remote write 1.0: protobuf in snappy, both written out here because they need no more than a page. */
export async function remoteWrite(server: Running, samples: readonly Sample[]): Promise<void> {
  const series = new Map<string, Sample[]>()
  for (const sample of samples) {
    const key = JSON.stringify(sample.labels)
    series.set(key, [...(series.get(key) ?? []), sample])
  }
  const answer = await fetch(`${server.address}/api/v1/write`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
      authorization: basic(server),
    },
    body: new Uint8Array(snappy(Buffer.concat([...series.values()].map(timeSeries)))),
  })
  if (!answer.ok) throw new Error(`remote write: ${answer.status} ${await answer.text()}`)
}

export function basic({ settings: { user, password } }: Running): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

function timeSeries(samples: readonly Sample[]): Buffer {
  const labels = Object.entries(samples[0]!.labels).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const parts = labels.map(([name, value]) =>
    field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
  )
  const sorted = samples.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const points = sorted.map(({ at, value }) => {
    const double = Buffer.alloc(9, 0x09)
    double.writeDoubleLE(value, 1)
    return field(2, Buffer.concat([double, Buffer.from([0x10]), varint(Date.parse(at))]))
  })
  return field(1, Buffer.concat([...parts, ...points]))
}

/** A length-delimited field. */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = BigInt(value)
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...bytes, Number(rest)])
}

/** The block format of snappy with literals only: nothing is made smaller, every reader reads it. */
function snappy(bytes: Buffer): Buffer {
  const parts = [varint(bytes.length)]
  for (let start = 0; start < bytes.length; start += 60) {
    const piece = bytes.subarray(start, start + 60)
    parts.push(Buffer.from([(piece.length - 1) << 2]), piece)
  }
  return Buffer.concat(parts)
}
