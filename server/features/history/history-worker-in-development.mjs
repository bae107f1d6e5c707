// Node 20 reads no TypeScript and `--import tsx` does not reach a worker, so from source the worker starts here.
import { register } from 'tsx/esm/api'

register()
await import('./history-worker.ts')
