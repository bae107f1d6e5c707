import { expect, test } from 'vitest'
import { addressIn, addressesIn, allowedAddress } from './address.ts'

test('an address has one form, with the usual port where none is named and no password ever', () => {
  const settings = {
    broker: 'MQTT://Broker.example:1883/',
    deep: [{ database: 'postgres://reader:geheim@db.example/city' }, 'tcp://[::1]:9015'],
    title: 'not://an address',
    path: '/rows',
    opaque: 'urn:x',
    count: 3,
  }
  expect([...addressesIn(settings)]).toEqual([
    'mqtt://broker.example:1883',
    'postgres://db.example:5432',
    'tcp://[::1]:9015',
  ])
})

test('a scheme without a usual port must name one', () => {
  expect(addressIn('tcp://host')).toBeUndefined()
  expect(addressIn('tcp://host:9015')).toEqual({ scheme: 'tcp', host: 'host', port: 9015 })
})

test('scheme, host and port must all be those of the settings, and a refusal names no password', () => {
  const allowed = addressesIn({ at: 'mqtt://broker.example:1883' })
  expect(allowedAddress('mqtt://user:pw@broker.example', allowed).host).toBe('broker.example')
  for (const other of ['mqtts://broker.example:1883', 'mqtt://broker.example:1884', 'mqtt://x:geheim@other'])
    expect(() => allowedAddress(other, allowed), other).toThrow(/^mqtts?:\/\/[a-z.]+:\d+ is not an address/)
})
