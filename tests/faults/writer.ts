import { createWriteStream } from 'node:fs'
import { openStorage } from '../../server/store/open-storage.ts'
import { written } from '../../server/journal/sample-records.ts'
import { observed } from '../../server/store/sample-observations.ts'

/**
 * The child that is killed: appends records and batches as fast as it can and prints each number only after its
 * acknowledgement. `journal 17` or `store 18`, one a line.
 */
const storage = await openStorage({ varDir: process.argv[2]! })
const acknowledged = createWriteStream('', { fd: 1 })
acknowledged.write('ready\n')

const record = () =>
  storage.lane.run(async (first) => {
    const records = await storage.journal.append([written(first), written(first + 1)], first)
    acknowledged.write(records.map(({ sequence }) => `journal ${sequence}\n`).join(''))
    return { used: records.length, result: undefined }
  })

const observe = () =>
  storage.lane.run(async (sequence) => {
    const observations = ['a', 'b', 'c'].map((n) =>
      observed({ dims: { n, of: String(sequence) }, value: sequence }),
    )
    await storage.store.append({
      sequence,
      observations,
      lineages: [],
      cursors: [{ key: 'poll', value: String(sequence) }],
    })
    acknowledged.write(`store ${sequence}\n`)
    return { used: 1, result: undefined }
  })

for (;;) {
  await Promise.all([record(), record(), observe(), record()])
}
