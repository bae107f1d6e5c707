// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameCutter, type FrameEvent, hj212Checksum, hj212Packet } from './hj212-frame.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const vector =
  'QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&'
const texts = (events: FrameEvent[]) =>
  events.map((event) => ('frame' in event ? event.frame.text : `! ${event.fault}`))

function cut(...chunks: Uint8Array[]): string[] {
  const cutter = new FrameCutter()
  return chunks.flatMap((chunk) => texts(cutter.push(chunk)))
}

test('counts the checksum of the standard’s own example, and writes that packet', () => {
  expect(hj212Checksum(bytes(vector))).toBe('1C80')
  expect(new TextDecoder().decode(hj212Packet(vector))).toBe(`##0101${vector}1C80\r\n`)
})

test('reads packets however TCP splits and joins them', () => {
  const stream = Buffer.concat([hj212Packet(vector), hj212Packet('MN=1'), hj212Packet(vector)])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 }), (at) => {
      const ends = [0, ...at.toSorted((a, b) => a - b), stream.length]
      const chunks = ends.slice(1).map((end, index) => stream.subarray(ends[index], end))
      expect(cut(...chunks)).toEqual([vector, 'MN=1', vector])
    }),
  )
})

test('counts length in bytes of GBK', () => {
  const content = Buffer.from([0x50, 0x3d, 0xb3, 0xa4, 0xb4, 0xba])
  const packet = Buffer.concat([bytes('##0006'), content, bytes(hj212Checksum(content)), bytes('\r\n')])
  expect(cut(packet)).toEqual(['P=长春'])
})

test('goes on behind a bad packet, and tells of it once', () => {
  const bad = Buffer.from(hj212Packet(vector))
  bad[20] = 0x23
  bad[21] = 0x23
  const good = hj212Packet('MN=2')
  expect(cut(Buffer.concat([bad, good]))).toEqual([
    expect.stringMatching(/^! the packet|^! the checksum/),
    'MN=2',
  ])
})

test('a length that lies does not wait for bytes that never come', () => {
  const long = bytes('##9999MN=1AAAA\r\n')
  expect(cut(long, hj212Packet('MN=2'))).toEqual([
    '! the packet ends before its length of 9999 bytes',
    'MN=2',
  ])
  expect(cut(bytes('##00x1'), hj212Packet('MN=2'))).toEqual([
    '! the length is no number of four digits',
    'MN=2',
  ])
  expect(cut(bytes('GET / HTTP/1.1\r\n\r\n'), hj212Packet('MN=2'))).toEqual([
    '! bytes that are no packet',
    'MN=2',
  ])
})
