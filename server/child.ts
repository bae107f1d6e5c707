import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Log } from './log.ts'

/** The demo upstream as a child of the gateway: started again when it dies, gone when the gateway goes, however it goes. */
export async function startDemoUpstream(
  entry: string,
  environment: Record<string, string>,
  log: Log,
): Promise<{ url: string; stop(): Promise<void> }> {
  let stopped = false
  let child: ChildProcess
  let port = '0'

  async function start(): Promise<string> {
    // The channel of a forked child closes with its parent, even after kill -9; the child leaves when it does.
    child = fork(entry, [], {
      env: { PATH: process.env['PATH'], ...environment, PORT: port },
      execArgv: entry.endsWith('.ts') ? ['--import', 'tsx'] : [],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    child.once('exit', (code) => {
      if (stopped) return
      log.warn('the demo upstream ended and is started again', { code })
      setTimeout(
        () =>
          void start().catch((cause: unknown) =>
            log.warn('the demo upstream did not start', { reason: String(cause) }),
          ),
        1_000,
      )
    })
    return await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) =>
        reject(new Error(`the demo upstream ended with ${code} before it listened`)),
      )
      createInterface({ input: child.stdout! }).on('line', (line) => {
        const listening = /"listening":\s*(\d+)/.exec(line)?.[1]
        if (listening) resolve(listening)
      })
    })
  }
  // The same port after a restart, because the sources' addresses are fixed by then.
  port = await start()
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      stopped = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 2_000)
      await gone
      clearTimeout(late)
    },
  }
}
