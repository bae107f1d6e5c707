import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { ProtocolSubject } from '../../conformance/protocol-suite.ts'
import type { Running } from '../../support/services/service.ts'

/** A source on a stream of its own, its region in the subject. */
export async function natsSubject(server: Running, name: string): Promise<ProtocolSubject> {
  const { user = '', password = '' } = server.settings
  const open = () => connect({ servers: server.address.replace('nats://', ''), user, pass: password })
  const first = await open()
  await (await jetstreamManager(first)).streams.add({ name, subjects: [`${name}.>`] })
  await first.close()
  return {
    source: {
      address: server.address,
      stream: name,
      durable: name,
      auth: { kind: 'password', user, passwordSecret: 'NATS' },
    },
    mapping: {
      subject: `${name}.*.value`,
      fields: {
        region: { field: '@subject.2' },
        time: { field: '$.at', format: 'rfc3339' },
        value: { field: '$.value' },
        unit: 'mm',
      },
    },
    secrets: { NATS: password },
    async seed(rows) {
      const connection = await open()
      const stream = jetstream(connection)
      await Promise.all(
        rows.map(({ region, at, value }) =>
          stream.publish(`${name}.${region}.value`, JSON.stringify({ at, value })),
        ),
      )
      await connection.close()
    },
  }
}
