// @vitest-environment node
import codec, { type Packet } from 'mqtt-packet'
import { expect, it } from 'vitest'
import type { ByteStream } from '../../contracts/byte-stream.ts'
import { type SessionTerms, openSession } from './mqtt-session.ts'

const terms: SessionTerms = {
  clientId: 'deck',
  clean: false,
  sessionExpiryS: 3_600,
  receiveMaximum: 50,
  maximumPacketBytes: 1_000,
  keepAliveS: 30,
  timeoutMs: 5_000,
  user: 'deck',
  password: 'hush',
}
const version = { protocolVersion: 5 } as const

/** A broker that answers each packet by the next of these, split into single bytes as a bad network would. */
function broker(answers: readonly (readonly Packet[] | 'garbage' | 'end')[]) {
  const sent: Packet[] = []
  const out: Uint8Array[] = []
  let wake = (): void => undefined
  let closed = false
  const parser = codec.parser(version)
  parser.on('packet', (packet: Packet) => {
    sent.push(packet)
    const answer = answers[sent.length - 1]
    if (answer === 'end') closed = true
    else if (answer === 'garbage') out.push(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
    else
      for (const one of answer ?? [])
        out.push(...[...codec.generate(one, version)].map((b) => Uint8Array.of(b)))
    wake()
  })
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (out.length > 0) yield out.shift()!
      if (closed) return
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const stream: ByteStream = {
    chunks: chunks(),
    async write(bytes) {
      parser.parse(Buffer.from(bytes))
    },
    close() {
      closed = true
      wake()
    },
  }
  return { stream, sent }
}

const connack: Packet = { cmd: 'connack', reasonCode: 0, sessionPresent: true }
const publish: Packet = {
  cmd: 'publish',
  topic: 'rain/1',
  payload: Buffer.from('1'),
  qos: 1,
  dup: true,
  retain: false,
  messageId: 9,
}

it('asks for a session that lasts, bounds what is under way, and takes what comes before the subscription is confirmed', async () => {
  const { stream, sent } = broker([
    [connack, publish],
    [{ cmd: 'suback', messageId: 1, granted: [1] }],
    'end',
  ])
  const session = await openSession(stream, terms, 'broker')
  expect(session.resumed).toBe(true)
  const topics: string[] = []
  const ended = session.run(['rain/+'], 1, { publish: ({ topic }) => void topics.push(topic) })
  await session.acknowledge([9])
  await expect(ended).rejects.toThrow('broker broke off')
  expect(topics).toEqual(['rain/1'])
  expect(sent[0]).toMatchObject({
    clean: false,
    username: 'deck',
    properties: { sessionExpiryInterval: 3_600, receiveMaximum: 50, maximumPacketSize: 1_000 },
  })
  expect(sent[1]).toMatchObject({ subscriptions: [{ topic: 'rain/+', qos: 1, rh: 1 }] })
  expect(sent[2]).toMatchObject({ cmd: 'puback', messageId: 9 })
})

it.each([
  [0x86, 'user or password is wrong'],
  [0x87, 'not allowed'],
  [0x85, 'clientId'],
  [0x89, 'busy'],
  [0xee, 'unknown to MQTT 5 (0xee'],
])('tells why it is not let in: %i', async (reasonCode, words) => {
  const answer: Packet = {
    cmd: 'connack',
    reasonCode,
    sessionPresent: false,
    properties: { reasonString: 'ask\nus' },
  }
  const refused = openSession(broker([[answer]]).stream, terms, 'broker')
  await expect(refused).rejects.toThrow(words)
  await expect(refused).rejects.toThrow('“ask us”')
})

it('tells of a subscription that is refused', async () => {
  const { stream } = broker([[connack], [{ cmd: 'suback', messageId: 1, granted: [1, 0x87] }]])
  const session = await openSession(stream, terms, 'broker')
  await expect(session.run(['a', 'b'], 1, { publish: () => undefined })).rejects.toThrow(
    'refuses a subscription: b: not allowed',
  )
})

it('tells why the broker ended it', async () => {
  const { stream } = broker([[connack], [{ cmd: 'disconnect', reasonCode: 0x8e }]])
  const session = await openSession(stream, terms, 'broker')
  await expect(session.run(['a'], 1, { publish: () => undefined })).rejects.toThrow(
    'clientId must be used once',
  )
})

it('knows what is no broker', async () => {
  await expect(openSession(broker(['garbage']).stream, terms, 'broker')).rejects.toThrow(
    /no MQTT 5|not MQTT 5/,
  )
})

it('says when the broker ends the talk before it began', async () => {
  await expect(openSession(broker(['end']).stream, terms, 'broker')).rejects.toThrow('said nothing')
})
