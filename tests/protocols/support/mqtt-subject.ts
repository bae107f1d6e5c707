import type { ProtocolSubject } from '../../conformance/protocol-suite.ts'
import type { Running } from '../../support/services/service.ts'
import { MqttPublisher } from './mqtt-publisher.ts'

/** A source on a broker, its region in the topic. */
export async function mqttSubject(server: Running, name: string): Promise<ProtocolSubject> {
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
