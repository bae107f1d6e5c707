// @vitest-environment node
import nats from '../../src/adapters/indicators/nats.ts'
import { protocolSuite } from '../conformance/protocol-suite.ts'
import { service } from '../support/services/nats.ts'
import { natsSubject } from './support/nats-subject.ts'

protocolSuite('nats', {
  service,
  adapter: nats,
  subject: natsSubject,
  nulls: true,
  poison: ['1e999', 'NaN', '1,23', 'true'],
  grouped: true,
})
