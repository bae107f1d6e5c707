import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { launch, ownedFolder, portOf } from './launch.ts'
import type { Service } from './service.ts'

const program = '/usr/lib/cgi-bin/mapserv'
const packages = ['cgi-mapserver', 'mapserver-bin']

/** Behind a small web server of our own; maps and their features are files that tests write into `folder`. */
export const service: Service = {
  id: 'mapserver',
  packages,
  missing: () =>
    existsSync(program) ? undefined : `mapserv not installed: apt-get install ${packages.join(' ')}`,
  async start(folder) {
    const port = await portOf(folder, 'http')
    ownedFolder(folder)
    const address = `http://127.0.0.1:${port}`
    const pid = await launch({
      program: process.execPath,
      args: [resolve(import.meta.dirname, '../mapserver-cgi.mjs'), program, folder, String(port)],
      folder,
      answers: async () => (await fetch(`${address}/none`)).status > 0,
    })
    return { address, settings: { folder }, pid }
  },
}
