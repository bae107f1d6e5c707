import { createConnection } from 'node:net'
import { join } from 'node:path'
import { lacking, launch, portOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['nats-server']
const [user, password] = ['citydeck', 'loopback-only']

/** With JetStream, its streams on disk. They survive kill -9; what a power cut takes is the server's sync interval. */
export const service: Service = {
  id: 'nats',
  packages,
  missing: () => lacking(['nats-server'], packages),
  async start(folder) {
    const port = await portOf(folder, 'nats')
    const pid = await launch({
      program: 'nats-server',
      args: [
        '-a',
        '127.0.0.1',
        '-p',
        String(port),
        '-js',
        '-sd',
        join(folder, 'streams'),
        '--user',
        user,
        '--pass',
        password,
      ],
      folder,
      answers: () => greets(port),
    })
    return { address: `nats://127.0.0.1:${port}`, settings: { user, password }, pid }
  },
}

/** The server speaks first, and only when it is ready. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('data', (greeting) => (socket.destroy(), resolve(greeting.toString().startsWith('INFO'))))
    socket.once('error', () => resolve(false))
  })
}
