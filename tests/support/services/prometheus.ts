import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking, launch, portOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['prometheus']

const settings = { user: 'citydeck', password: 'loopback-only-prometheus' }
/** bcrypt of that password: the server takes no other. */
const passwordHash = '$2b$04$W7hPni0BpUYarvBJ7EfizuJOsFBRjy00VHIlat1.k9U3t0G37QImW'

/** Scrapes nothing: tests tell it by remote write what they read, of any time and in any order. */
export const service: Service = {
  id: 'prometheus',
  packages,
  missing: () => lacking(['prometheus'], packages),
  async start(folder) {
    const port = await portOf(folder, 'http')
    const config = join(folder, 'prometheus.yml')
    writeFileSync(config, 'storage:\n  tsdb:\n    out_of_order_time_window: 10y\n')
    const web = join(folder, 'web.yml')
    writeFileSync(web, `basic_auth_users:\n  ${settings.user}: ${passwordHash}\n`)
    const address = `http://127.0.0.1:${port}`
    const login = Buffer.from(`${settings.user}:${settings.password}`).toString('base64')
    const headers = { authorization: `Basic ${login}` }
    const pid = await launch({
      program: 'prometheus',
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'tsdb')}`,
        '--storage.tsdb.retention.time=10y',
        '--web.enable-remote-write-receiver',
        `--web.config.file=${web}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      folder,
      answers: async () => (await fetch(`${address}/-/ready`, { headers })).ok,
    })
    return { address, settings, pid }
  },
}
