import { join } from 'node:path'
import { lacking, launch, portOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['victoria-metrics']

export const service: Service = {
  id: 'victoria-metrics',
  packages,
  missing: () => lacking(['victoria-metrics'], packages),
  async start(folder) {
    const port = await portOf(folder, 'http')
    const address = `http://127.0.0.1:${port}`
    const settings = { user: 'citydeck', password: 'loopback-only-metrics' }
    const pid = await launch({
      program: 'victoria-metrics',
      args: [
        `-storageDataPath=${join(folder, 'storage')}`,
        `-httpListenAddr=127.0.0.1:${port}`,
        '-retentionPeriod=10y',
        // Samples are found from the first query on; in production a second's patience saves work.
        '-search.latencyOffset=0s',
        `-httpAuth.username=${settings.user}`,
        `-httpAuth.password=${settings.password}`,
      ],
      folder,
      answers: async () => (await fetch(`${address}/health`)).status < 500,
    })
    return { address, settings, pid }
  },
}
