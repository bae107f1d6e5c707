// Node 20 reads no TypeScript and `--import tsx` does not reach a worker, so from source the worker starts here.
import { parentPort, workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
const { serveAdapter } = await import('./adapter-thread.ts')

if (!parentPort) throw new Error('started as a thread only')
serveAdapter(parentPort, workerData, async () => {
  const { adapter } = workerData
  const address = adapter.file ?? `../../src/adapters/indicators/${adapter.id}.ts`
  return (await import(address)).default
})
