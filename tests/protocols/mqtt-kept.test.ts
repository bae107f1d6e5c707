// @vitest-environment node
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import mqtt from '../../src/adapters/indicators/mqtt.ts'
import type { Delivery } from '../../src/contracts/delivery.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import { MqttPublisher } from './support/mqtt-publisher.ts'
import { ownIo } from './support/own-io.ts'

const server = runningService('mosquitto')
const window = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }
const payload = (value: number, at?: string) => JSON.stringify({ value, ...(at ? { at } : {}), id: value })

describe.skipIf(!server)(`what a Mosquitto keeps${skipReason('mosquitto')}`, () => {
  function open(name: string) {
    const { user = '', password = '' } = server!.settings
    const settings = v.parse(mqtt.settings, {
      address: server!.address,
      clientId: name,
      auth: { user, passwordSecret: 'BROKER' },
      messageId: '$.id',
    })
    const mapping = v.parse(mqtt.mapping, {
      topic: `${name}/+`,
      fields: {
        region: { field: '@topic.2' },
        time: { field: '$.at', format: 'rfc3339' },
        value: { field: '$.value' },
        unit: 'mm',
      },
    })
    const own = ownIo(settings, '/', { BROKER: password })
    return { settings, mapping, own, publisher: new MqttPublisher(server!, `${name}_publisher`) }
  }

  it('is read as last values; one that names no time is told of and gets none', async () => {
    const { settings, mapping, own, publisher } = open(`kept_${process.pid}`)
    await publisher.publish(`${settings.clientId}/220102`, payload(1, '2026-08-06T06:00:00Z'), true)
    await publisher.publish(`${settings.clientId}/220103`, payload(2), true)
    const pages = []
    for await (const page of mqtt.read(settings, mapping, window, own.io)) pages.push(page)
    publisher.close()
    expect(pages).toMatchObject([
      {
        readings: [{ region: '220102', value: 1 }],
        refusals: [
          { row: `${settings.clientId}/220103`, reason: expect.stringContaining('no time') as string },
        ],
      },
    ])
  })

  it('is missed where it kept no session for us, and that is told', async () => {
    const { settings, mapping, own, publisher } = open(`lost_${process.pid}`)
    const feeds = [{ key: 'k', mapping }]
    const deliveries = mqtt.follow!(settings, feeds, settings.clientId, own.io)[Symbol.asyncIterator]()
    const { value } = await deliveries.next()
    own.stop.abort()
    publisher.close()
    expect((value as Delivery).pages[0]?.refusals[0]?.reason).toContain('did not keep the session')
  })

  it('comes once where its own number says that it is the same', async () => {
    const { settings, mapping, own, publisher } = open(`once_${process.pid}`)
    const topic = `${settings.clientId}/220102`
    const feeds = [{ key: 'k', mapping }]
    const deliveries = mqtt.follow!(settings, feeds, undefined, own.io)[Symbol.asyncIterator]()
    const values: (number | null)[] = []
    const first = deliveries.next()
    const repeat = setInterval(() => void publisher.publish(topic, payload(7, '2026-08-06T06:00:00Z')), 50)
    const note = (delivery: Delivery) =>
      values.push(...delivery.pages.flatMap(({ readings }) => readings.map((reading) => reading.value)))
    note((await first).value as Delivery)
    for (let more = 0; more < 3; more += 1) note((await deliveries.next()).value as Delivery)
    clearInterval(repeat)
    own.stop.abort()
    publisher.close()
    expect([values, own.counted.duplicate]).toEqual([[7], 3])
  })
})
