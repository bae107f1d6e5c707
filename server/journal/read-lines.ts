import type { JournalFile } from './journal-file.ts'

export interface FileLine {
  text: string
  /** Bytes before the line and after it, its line feed included. */
  from: number
  to: number
  /** False for a last line without a line feed. */
  ended: boolean
}

const newline = 0x0a
const chunkBytes = 1 << 20

/** Lines of [from, to) of a file, read piece by piece, so that its size does not matter. */
export async function* readLines(file: JournalFile, from: number, to: number): AsyncGenerator<FileLine> {
  let rest: Buffer = Buffer.alloc(0)
  let restFrom = from
  for (let position = from; position < to;) {
    const chunk = await file.read(position, Math.min(chunkBytes, to - position))
    if (chunk.length === 0) break
    position += chunk.length
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      yield {
        text: bytes.toString('utf8', start, end),
        from: restFrom + start,
        to: restFrom + end + 1,
        ended: true,
      }
      start = end + 1
    }
    rest = bytes.subarray(start)
    restFrom += start
  }
  if (rest.length > 0)
    yield { text: rest.toString('utf8'), from: restFrom, to: restFrom + rest.length, ended: false }
}
