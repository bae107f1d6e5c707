// @vitest-environment node
import * as v from 'valibot'
import { afterEach, expect, test } from 'vitest'
import hj212 from '../../src/adapters/indicators/hj212.ts'
import { hj212Packet } from '../../src/adapters/wire/hj212-frame.ts'
import type { Delivery } from '../../src/contracts/delivery.ts'
import { type Device, dialIn } from './support/hj212-device.ts'
import { type OwnIo, freePort, ownIo } from './support/own-io.ts'

// Not verified against a real device: the one that dials in here is a fixture of the standard, written from its text.

const mapping = v.parse(hj212.mapping, { factor: 'a34004', unit: 'ug/m3' })
const running: { own: OwnIo; devices: Device[] }[] = []

async function start(
  more: Record<string, unknown> = {},
  secrets: Record<string, string> = {},
  used?: number,
) {
  const port = used ?? (await freePort())
  const settings = v.parse(hj212.settings, {
    listen: `tcp://127.0.0.1:${port}`,
    stations: { CC0000000001: { region: '220102', name: '南关测点' }, CC0000000002: { region: '220103' } },
    ...more,
  })
  const own = ownIo(settings, '/', secrets)
  const feeds = [
    { key: 'pm25', mapping },
    { key: 'hourly', mapping: { ...mapping, field: 'Avg', commands: ['2061'] as const } },
  ]
  const deliveries = hj212.follow!(settings, feeds as never, undefined, own.io)[Symbol.asyncIterator]()
  const entry = { own, devices: [] as Device[] }
  running.push(entry)
  const next = deliveries.next()
  next.catch(() => undefined)
  const device = await dialIn(port)
  entry.devices.push(device)
  return { port, own, deliveries, device, first: next, entry }
}

afterEach(() => {
  for (const { own, devices } of running.splice(0)) {
    for (const device of devices) device.close()
    own.stop.abort()
  }
})

async function value(next: Promise<IteratorResult<Delivery>>): Promise<Delivery> {
  const { value: delivery } = await next
  return delivery as Delivery
}

test('reads a real-time packet, and answers 9014 only when the delivery is durable', async () => {
  const { device, first, deliveries } = await start()
  device.send(
    '20260806143000123',
    'DataTime=20260806143000;a34004-Rtd=35.0,a34004-Flag=N;a34002-Rtd=80,a34002-Flag=N',
  )
  const { pages } = await value(first)
  expect(pages.map(({ key }) => key)).toEqual(['pm25'])
  expect(pages[0]!.readings).toMatchObject([
    {
      region: '220102',
      at: { instant: '2026-08-06T06:30:00Z' },
      value: 35,
      unit: 'ug/m3',
      resultTime: '2026-08-06T06:30:00Z',
      lineage: { record: { place: 'MN CC0000000001 QN 20260806143000123 CN 2011' } },
    },
  ])
  expect(JSON.stringify(pages)).not.toContain('123456')
  expect(device.unread()).toBe(0)
  const following = deliveries.next()
  expect(await device.answer()).toBe(
    'QN=20260806143000123;ST=91;CN=9014;PW=123456;MN=CC0000000001;Flag=4;CP=&&&&',
  )
  device.send('20260806150000000', 'DataTime=20260806140000;a34004-Avg=33.5,a34004-Flag=N', {
    CN: '2061',
    Flag: '9',
  })
  const hourly = await value(following)
  expect(hourly.pages).toMatchObject([{ key: 'hourly', readings: [{ value: 33.5 }] }])
})

test('a packet whose delivery was not kept is repeated by the device, and read after a restart', async () => {
  const before = await start()
  before.device.send('20260806143000000', 'DataTime=20260806143000;a34004-Rtd=35.0,a34004-Flag=N')
  await value(before.first)
  before.own.stop.abort()
  await before.deliveries.return?.()
  expect(before.device.unread()).toBe(0)
  const after = await start({}, {}, before.port)
  after.device.send('20260806143000000', 'DataTime=20260806143000;a34004-Rtd=35.0,a34004-Flag=N')
  expect((await value(after.first)).pages[0]!.readings).toHaveLength(1)
  void after.deliveries.next().catch(() => undefined)
  expect(await after.device.answer()).toContain('CN=9014')
})

test('a repeated packet is answered, counted, and read once', async () => {
  const { device, first, deliveries, own } = await start()
  const cp = 'DataTime=20260806143000;a34004-Rtd=35.0,a34004-Flag=N'
  device.send('20260806143000000', cp)
  expect((await value(first)).pages[0]!.readings).toHaveLength(1)
  const second = deliveries.next()
  await device.answer()
  device.send('20260806143000000', cp)
  expect((await value(second)).pages).toEqual([])
  void deliveries.next().catch(() => undefined)
  expect(await device.answer()).toContain('QN=20260806143000000')
  expect(own.counted).toEqual({ duplicate: 1 })
})

test('goes on behind a broken packet, and tells of it', async () => {
  const session = await start()
  const bad = hj212Packet('QN=1;CN=2011;MN=CC0000000001;Flag=5;CP=&&DataTime=20260806143000;a34004-Rtd=9&&')
  bad[30] = 0x58
  session.device.raw(bad)
  session.device.send('20260806143000000', 'DataTime=20260806143000;a34004-Rtd=35.0,a34004-Flag=N')
  const { readings, refusals } = await collect(session, 2)
  expect(readings.map(({ value: read }) => read)).toEqual([35])
  expect(refusals).toEqual([
    {
      row: expect.stringMatching(/^a packet from 127\.0\.0\.1:\d+$/),
      reason: expect.stringContaining('checksum'),
    },
  ])
})

test('refuses what it does not know, and does not acknowledge it', async () => {
  const session = await start({ passwordSecret: 'HJ212_PW' }, { HJ212_PW: '654321' })
  const cp = 'DataTime=20260806143000;a34004-Rtd=35.0,a34004-Flag=N'
  session.device.send('20260806143000001', cp, { MN: 'CC9999999999', PW: '654321' })
  session.device.send('20260806143000002', cp)
  session.device.send('20260806143000003', cp, { CN: '3020', PW: '654321' })
  session.device.send('20260806143000004', 'a34004-Rtd=35.0', {
    PW: '654321',
    Flag: '7',
    PNUM: '2',
    PNO: '2',
  })
  const { refusals } = await collect(session, 4)
  expect(refusals.map(({ reason }) => reason)).toEqual([
    'MN "CC9999999999" is not in the source\'s stations',
    "MN CC0000000001 sends another PW than the source's secret",
    'CN "3020" is not read here',
    'the packet that tells DataTime has not come yet',
  ])
  expect(JSON.stringify(refusals)).not.toMatch(/654321|123456/)
  session.device.send('20260806143000005', '', { CN: '9015', PW: '654321', Flag: '9' })
  void session.deliveries
    .next()
    .then(() => session.deliveries.next(), String)
    .catch(String)
  expect(await session.device.answer()).toContain('QN=20260806143000005;ST=91;CN=9014')
  expect(session.device.unread()).toBe(0)
})

test('puts a divided message together by its request number', async () => {
  const session = await start()
  const part = (number: string) => ({ Flag: '7', PNUM: '2', PNO: number })
  session.device.send('20260806143000000', 'DataTime=20260806143000;a34002-Rtd=80,a34002-Flag=N', part('1'))
  session.device.send('20260806143000000', 'a34004-Rtd=35.0,a34004-Flag=N', part('2'))
  const { readings } = await collect(session, 1)
  expect(readings).toMatchObject([{ value: 35, at: { instant: '2026-08-06T06:30:00Z' } }])
})

test.each(['NaN', '1e309', 'Infinity', '=1+1', '1,23'])('refuses %s in place of a number', async (text) => {
  const session = await start()
  session.device.send('20260806143000000', `DataTime=20260806143000;a34004-Rtd=${text},a34004-Flag=N`)
  const { readings, refusals } = await collect(session, 1)
  expect(readings).toEqual([])
  expect(refusals[0]!.row).toBe('MN CC0000000001 QN 20260806143000000 CN 2011 a34004-Rtd')
})

test('devices wait while the store is behind, and nothing is lost', async () => {
  const session = await start()
  const most = 6_000
  for (let n = 0; n < most; n++)
    session.device.send(
      `20260806143000${String(n % 1000).padStart(3, '0')}${n}`,
      `DataTime=20260806143000;a34004-Rtd=${n},a34004-Flag=N`,
    )
  const { readings } = await collect(session, most)
  expect(readings.map(({ value: read }) => read)).toEqual(Array.from({ length: most }, (_, n) => n))
})

test('stops within a second when told to', async () => {
  const { first, own } = await start()
  const began = Date.now()
  own.stop.abort()
  await expect(first).rejects.toThrow(/abort/i)
  expect(Date.now() - began).toBeLessThan(1_000)
})

test('says that the port cannot be had', async () => {
  const { port } = await start()
  const settings = v.parse(hj212.settings, { listen: `tcp://127.0.0.1:${port}`, stations: {} })
  const own = ownIo(settings)
  const second = hj212.follow!(settings, [], undefined, own.io)[Symbol.asyncIterator]()
  await expect(second.next()).rejects.toThrow(`tcp://127.0.0.1:${port} cannot be listened on: EADDRINUSE`)
})

async function collect(session: Awaited<ReturnType<typeof start>>, count: number) {
  const pages: Delivery['pages'] = []
  const told = () => pages.reduce((sum, { readings, refusals }) => sum + readings.length + refusals.length, 0)
  pages.push(...(await value(session.first)).pages)
  while (told() < count) pages.push(...(await value(session.deliveries.next())).pages)
  return {
    readings: pages.flatMap(({ readings }) => readings),
    refusals: pages.flatMap(({ refusals }) => refusals),
  }
}
