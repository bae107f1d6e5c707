import { expect, test as base } from './sealed.ts'
import { startGateway, type GatewayProcess } from '../../support/gateway-process.ts'

interface OfWorker {
  /** The built gateway on a free port, with an empty store and the test clock; one for all tests of a worker. */
  gateway: GatewayProcess
}

export const test = base.extend<object, OfWorker>({
  gateway: [
    async ({}, use) => {
      const gateway = await startGateway()
      await use(gateway)
      await gateway.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ gateway }, use) => use(gateway.url),
})

export { expect }
