import { appendFileSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import mqtt from '../../../src/adapters/indicators/mqtt.ts'
import nats from '../../../src/adapters/indicators/nats.ts'
import { type IndicatorAdapter, SourceError } from '../../../src/contracts/indicator-adapter.ts'
import { figureOf, ioOf } from '../../conformance/protocol-book.ts'

// A gateway in small, to be killed: follows one source, and has a delivery durable on disk before it asks for the next.
const [, , id, subjectText = '', file = ''] = process.argv
const subject = JSON.parse(subjectText) as Parameters<typeof ioOf>[0]
const adapter = { mqtt, nats }[id as 'mqtt' | 'nats'] as unknown as IndicatorAdapter
const settings = v.parse(adapter.settings, subject.source)
const feeds = [{ key: 'figure', mapping: v.parse(adapter.mapping, subject.mapping) }]

const cursorIn = (): string | undefined =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .findLast((line) => line.startsWith('@'))
        ?.slice(1)
    : undefined

for (;;) {
  try {
    const io = ioOf(subject, new AbortController().signal)
    for await (const { pages, cursor } of adapter.follow!(settings, feeds, cursorIn(), io)) {
      const figures = pages.flatMap(({ readings, refusals }) => [
        ...readings.map((reading) => `${figureOf(reading)} = ${reading.value}`),
        ...refusals.map(({ reason }) => `refused ${reason}`),
      ])
      // The cursor last: a line that was cut short by the kill is none.
      appendFileSync(file, [...figures, ...(cursor === undefined ? [] : [`@${cursor}`]), ''].join('\n'))
      fsyncSync(openSync(file, 'r'))
    }
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause
    await new Promise((resolve) => void setTimeout(resolve, 50))
  }
}
