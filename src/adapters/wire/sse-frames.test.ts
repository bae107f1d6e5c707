// @vitest-environment node
import { expect, it } from 'vitest'
import { type SseEvent, sseEvents } from './sse-frames.ts'

async function read(text: string, size: number, longestEvent = 1_000) {
  const bytes = new TextEncoder().encode(text)
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const retries: number[] = []
  const events: SseEvent[] = []
  const terms = { name: 'server', longestEvent, onRetry: (ms: number) => void retries.push(ms) }
  for await (const event of sseEvents(chunks(), terms)) events.push(event)
  return { events, retries }
}

const stream = [
  '\uFEFF: welcome\nretry: 2500\n\n',
  'id: 1\nevent: 雨量\ndata: {"v":\ndata: 1}\n\n',
  ': heartbeat\n\n',
  'data: two\r\n\r\n',
  'id: 3\ndata: three\n\n',
  'data: cut off',
].join('')

it.each([1, 2, 3, 7, 1_000])('reads events that come in pieces of %i bytes', async (size) => {
  const { events, retries } = await read(stream, size)
  expect(events).toEqual([
    { data: '{"v":\n1}', event: '雨量', id: '1' },
    { data: 'two', event: 'message', id: '1' },
    { data: 'three', event: 'message', id: '3' },
  ])
  expect(retries).toEqual([2_500])
})

it('bounds what it keeps of an event that does not end', async () => {
  await expect(read(`data: ${'x'.repeat(500)}`, 50, 100)).rejects.toThrow('longer than 100')
})
