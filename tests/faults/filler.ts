import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { observed } from '../../server/store/sample-observations.ts'
import { openStorage } from '../../server/store/open-storage.ts'

/**
 * The child whose disk runs full: a line on standard input asks for one batch of observations, and one line answers,
 * `stored 17` only after the acknowledgement, or `refused NAME: sentence`.
 */
const storage = await openStorage({ varDir: process.argv[2]!, report: () => undefined })
// Nothing that a column could pack.
const padding = () => randomBytes(200).toString('hex')
process.stdout.write('ready\n')

for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'more') break
  try {
    const sequence = await storage.lane.run(async (first) => {
      const observations = Array.from({ length: 500 }, (_, n) =>
        observed({ dims: { n: `${first}-${n}`, padding: padding() }, value: n }),
      )
      await storage.store.append({ sequence: first, observations, lineages: [] })
      return { used: 1, result: first }
    })
    process.stdout.write(`stored ${sequence}\n`)
  } catch (error) {
    const { name, message } = error as Error
    process.stdout.write(`refused ${name}: ${message.replaceAll('\n', ' ')}\n`)
  }
}
await storage.close()
