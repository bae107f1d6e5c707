import { SourceError } from '../../contracts/indicator-adapter.ts'

/** The lines of a text that comes in pieces, torn anywhere; a last line needs no end. One longer than `longest` is an error. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > longest)
      throw new SourceError(`a line of the answer is longer than ${longest} characters`)
    yield* parts
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

/** The first of a text that only says what went wrong. */
export async function beginningOf(chunks: AsyncIterable<Uint8Array>, longest = 4_000): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length >= longest) break
  }
  return text.slice(0, longest)
}
