import { expect, test } from 'vitest'
import { type Asker, viewerOf } from './viewer.ts'

const ask = (remoteAddress: string | undefined, headers: Record<string, string>): Asker => ({
  remoteAddress,
  header: (name) => headers[name],
})
const host = { host: '127.0.0.1:8080' }

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('a request from %s is the local operator', (address) => {
  expect(viewerOf(ask(address, host))?.id).toBe('local-operator')
})
test.each(['10.0.0.7', '::ffff:192.168.1.4', undefined, '2001:db8::1'])(
  'a request from %s is refused',
  (address) => {
    expect(viewerOf(ask(address, host))).toBeUndefined()
  },
)
test.each([
  [{ host: 'evil.example' }],
  [{}],
  [{ ...host, origin: 'http://evil.example' }],
  [{ ...host, 'x-forwarded-for': '10.0.0.7' }],
  [{ ...host, forwarded: 'for=10.0.0.7' }],
  [{ ...host, 'sec-fetch-site': 'cross-site' }],
])('a local request with headers %j is refused', (headers) => {
  expect(viewerOf(ask('127.0.0.1', headers as unknown as Record<string, string>))).toBeUndefined()
})
test('our own page may ask', () => {
  expect(
    viewerOf(ask('127.0.0.1', { ...host, origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' })),
  ).toBeDefined()
})

test('the simulator is known by the token of this start, and decides nothing for people', () => {
  const withToken = ask('127.0.0.1', { ...host, authorization: 'Bearer made-at-this-start' })
  const viewer = viewerOf(withToken, 'made-at-this-start')
  expect(viewer).toMatchObject({ id: 'simulator', tellsOfElsewhere: true })
  expect(
    (['incident.report', 'warning.cancel', 'mode.switch', 'alarm.acknowledge'] as const).map(viewer!.maySend),
  ).toEqual([true, true, false, false])
})
test.each(['made-at-another-start', undefined])('a token is refused where the gateway made %s', (made) => {
  expect(
    viewerOf(ask('127.0.0.1', { ...host, authorization: 'Bearer made-at-this-start' }), made),
  ).toBeUndefined()
})
test('a person at this machine is recorded when he acts', () => {
  expect(viewerOf(ask('127.0.0.1', host), 'made-at-this-start')?.tellsOfElsewhere).toBe(false)
})
