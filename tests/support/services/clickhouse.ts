import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking, launch, ownedFolder, portOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['clickhouse-server']

/** One user who may write, and one who may only read, as a source's user should be. */
export const service: Service = {
  id: 'clickhouse',
  packages,
  missing: () => lacking(['clickhouse-server'], packages),
  async start(folder) {
    const port = await portOf(folder, 'http')
    const settings = {
      user: 'city',
      password: 'loopback-only-clickhouse',
      readUser: 'city_reader',
      readPassword: 'loopback-only-reader',
    }
    const config = join(folder, 'config.xml')
    writeFileSync(config, configOf(folder, port, await portOf(folder, 'native')))
    writeFileSync(join(folder, 'users.xml'), usersOf(settings))
    ownedFolder(join(folder, 'tmp'))
    const address = `http://127.0.0.1:${port}`
    const pid = await launch({
      program: 'clickhouse-server',
      args: [`--config-file=${config}`],
      folder,
      answers: async () => (await fetch(`${address}/ping`)).ok,
    })
    return { address, settings, pid }
  },
}

function configOf(folder: string, http: number, native: number): string {
  return `<?xml version="1.0"?>
<yandex>
  <logger><level>warning</level><console>1</console></logger>
  <http_port>${http}</http_port>
  <tcp_port>${native}</tcp_port>
  <listen_host>127.0.0.1</listen_host>
  <path>${join(folder, 'store')}/</path>
  <tmp_path>${join(folder, 'tmp')}/</tmp_path>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <mark_cache_size>268435456</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <timezone>UTC</timezone>
</yandex>
`
}

function usersOf(login: { user: string; password: string; readUser: string; readPassword: string }): string {
  const userOf = (name: string, password: string, profile: string) => `<${name}>
      <password_sha256_hex>${createHash('sha256').update(password).digest('hex')}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks><profile>${profile}</profile><quota>default</quota>
    </${name}>`
  return `<?xml version="1.0"?>
<yandex>
  <profiles>
    <default><max_memory_usage>2000000000</max_memory_usage></default>
    <readonly><readonly>2</readonly><max_memory_usage>2000000000</max_memory_usage></readonly>
  </profiles>
  <users>
    ${userOf(login.user, login.password, 'default')}
    ${userOf(login.readUser, login.readPassword, 'readonly')}
  </users>
  <quotas><default><interval><duration>3600</duration><queries>0</queries></interval></default></quotas>
</yandex>
`
}
