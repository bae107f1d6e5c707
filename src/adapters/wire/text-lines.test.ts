import { expect, test } from 'vitest'
import { beginningOf, linesOf } from './text-lines.ts'

async function* torn(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let start = 0; start < bytes.length; start += size) {
    await Promise.resolve()
    yield bytes.subarray(start, start + size)
  }
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = []
  for await (const line of lines) found.push(line)
  return found
}

test.each([1, 2, 3, 100])('lines come whole from pieces of %i bytes, characters too', async (size) => {
  expect(await all(linesOf(torn('长春\n\n{"a":1}\n末', size), 100))).toEqual(['长春', '', '{"a":1}', '末'])
})

test('a line without end is an error and not a full memory', async () => {
  await expect(all(linesOf(torn('x'.repeat(1_000), 50), 100))).rejects.toThrow('longer than 100')
})

test('of what only says what went wrong, the beginning is enough', async () => {
  expect(await beginningOf(torn('x'.repeat(100_000), 1_000), 2_500)).toHaveLength(2_500)
})
