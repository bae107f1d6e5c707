import { execFileSync } from 'node:child_process'
import { createConnection } from 'node:net'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking, launch, ownerOf, ownedFolder, portOf, programOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['mosquitto']
const [user, password] = ['citydeck', 'loopback-only']

/**
 * Writes its store at every change: else what it has acknowledged to a publisher of QoS 1 is gone with kill -9. The usual
 * bound of 20 messages under way would starve a client that acknowledges by the batch.
 */
export const service: Service = {
  id: 'mosquitto',
  packages,
  missing: () => lacking(['mosquitto', 'mosquitto_passwd'], packages),
  async start(folder) {
    const port = await portOf(folder, 'mqtt')
    const owner = ownerOf('mosquitto')
    ownedFolder(folder, owner)
    const passwords = join(folder, 'passwords')
    if (!existsSync(passwords))
      execFileSync(programOf('mosquitto_passwd') ?? '', ['-b', '-c', passwords, user, password], {
        ...owner,
        stdio: 'pipe',
      })
    const config = join(folder, 'mosquitto.conf')
    const lines = [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous false',
      `password_file ${passwords}`,
      'persistence true',
      `persistence_location ${folder}/`,
      'autosave_on_changes true',
      'autosave_interval 1',
      'max_inflight_messages 0',
      'max_queued_messages 0',
    ]
    writeFileSync(config, `${lines.join('\n')}\n`)
    const pid = await launch({
      program: 'mosquitto',
      args: ['-c', config],
      folder,
      owner,
      answers: () => listens(port),
    })
    return { address: `tcp://127.0.0.1:${port}`, settings: { user, password }, pid }
  },
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
