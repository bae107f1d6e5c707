// @vitest-environment node
import mqtt from '../../src/adapters/indicators/mqtt.ts'
import { protocolSuite } from '../conformance/protocol-suite.ts'
import { service } from '../support/services/mosquitto.ts'
import { mqttSubject } from './support/mqtt-subject.ts'

protocolSuite('mqtt', {
  service,
  adapter: mqtt,
  subject: mqttSubject,
  nulls: true,
  poison: ['1e999', 'NaN', '1,23', 'true'],
  grouped: true,
  bounded: { source: (source) => ({ ...source, queue: 20 }), most: 20 },
})
