import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endServer } from './launch.ts'
import type { Running, Service } from './service.ts'

export interface OwnInstance {
  running: Running
  /** kill -9; data and ports stay. */
  kill(): Promise<void>
  /** Brings it back where it was, after a kill. */
  restart(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

/** A server of one test's own, which that test may kill. It ends with this process at the latest. */
export async function ownInstance(service: Service): Promise<OwnInstance> {
  const folder = mkdtempSync(join(tmpdir(), `citydeck-${service.id}-`))
  // Servers that refuse to be root run as somebody else.
  chmodSync(folder, 0o755)
  const instance: OwnInstance = {
    running: await service.start(folder),
    kill: () => endServer(instance.running.pid, 'SIGKILL'),
    async restart() {
      instance.running = await service.start(folder)
    },
    async stop() {
      process.off('exit', atExit)
      await endServer(instance.running.pid, 'SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  const atExit = (): void => {
    try {
      process.kill(-instance.running.pid, 'SIGKILL')
    } catch {
      // Killed by its test already.
    }
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', atExit)
  return instance
}
