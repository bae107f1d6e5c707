import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking, launch, portOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['prometheus']

/** Scrapes nothing: tests write what they read by remote write, or by blocks of OpenMetrics text laid into its folder. */
export const service: Service = {
  id: 'prometheus',
  packages,
  missing: () => lacking(['prometheus', 'promtool'], packages),
  async start(folder) {
    const port = await portOf(folder, 'http')
    const config = join(folder, 'prometheus.yml')
    writeFileSync(config, 'global:\n  scrape_interval: 15s\n')
    const address = `http://127.0.0.1:${port}`
    const pid = await launch({
      program: 'prometheus',
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'tsdb')}`,
        '--storage.tsdb.retention.time=10y',
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      folder,
      answers: async () => (await fetch(`${address}/-/ready`)).ok,
    })
    return { address, settings: {}, pid }
  },
}
