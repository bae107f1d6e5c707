// @vitest-environment node
import mqtt from '../../src/adapters/indicators/mqtt.ts'
import { type ProtocolSubject, protocolSuite } from '../conformance/protocol-suite.ts'
import { service } from '../support/services/mosquitto.ts'
import type { Running } from '../support/services/service.ts'
import { MqttPublisher } from './support/mqtt-publisher.ts'

protocolSuite('mqtt', {
  service,
  adapter: mqtt,
  subject: async (server, name) => mqttSubject(server, name),
  nulls: true,
  poison: ['1e999', 'NaN', '1,23', 'true'],
  grouped: true,
  bounded: { source: (source) => ({ ...source, queue: 20 }), most: 20 },
})

function mqttSubject(server: Running, name: string): ProtocolSubject {
  const publisher = new MqttPublisher(server, `${name}_publisher`)
  const { user = '', password = '' } = server.settings
  return {
    source: { address: server.address, clientId: name, auth: { user, passwordSecret: 'BROKER' } },
    mapping: {
      topic: `${name}/+/value`,
      fields: {
        region: { field: '@topic.2' },
        time: { field: '$.at', format: 'rfc3339' },
        value: { field: '$.value' },
        unit: 'mm',
      },
    },
    secrets: { BROKER: password },
    async seed(rows) {
      await Promise.all(
        rows.map(({ region, at, value }) =>
          publisher.publish(`${name}/${region}/value`, JSON.stringify({ at, value })),
        ),
      )
    },
    close: async () => publisher.close(),
  }
}
