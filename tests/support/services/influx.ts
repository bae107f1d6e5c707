import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking, launch, portOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['influxdb']

/** With authentication on: its first user is made when it comes up empty, and is let make it without a password. */
export const service: Service = {
  id: 'influx',
  packages,
  missing: () => lacking(['influxd'], packages),
  async start(folder) {
    const port = await portOf(folder, 'http')
    const config = join(folder, 'influxdb.conf')
    writeFileSync(config, configOf(folder, port, await portOf(folder, 'backup')))
    const address = `http://127.0.0.1:${port}`
    const pid = await launch({
      program: 'influxd',
      args: ['-config', config],
      folder,
      answers: async () => (await fetch(`${address}/ping`)).status === 204,
    })
    const settings = { user: 'city', password: 'loopback-only-influx', database: 'city' }
    await ask(
      address,
      `CREATE USER "${settings.user}" WITH PASSWORD '${settings.password}' WITH ALL PRIVILEGES`,
    )
    await ask(address, `CREATE DATABASE "${settings.database}"`, settings)
    return { address, settings, pid }
  },
}

/** A second start is refused the user it has: that is as good. */
async function ask(address: string, q: string, user?: { user: string; password: string }): Promise<void> {
  const login = user && Buffer.from(`${user.user}:${user.password}`).toString('base64')
  const answer = await fetch(`${address}/query`, {
    method: 'POST',
    body: new URLSearchParams({ q }),
    headers: login === undefined ? {} : { authorization: `Basic ${login}` },
  })
  if (user && !answer.ok) throw new Error(`InfluxDB: ${await answer.text()}`)
}

function configOf(folder: string, http: number, backup: number): string {
  return `reporting-disabled = true
bind-address = "127.0.0.1:${backup}"
[meta]
  dir = "${join(folder, 'meta')}"
[data]
  dir = "${join(folder, 'blocks')}"
  wal-dir = "${join(folder, 'wal')}"
  index-version = "inmem"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${http}"
  auth-enabled = true
  log-enabled = false
`
}
