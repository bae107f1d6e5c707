import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OwnInstance } from '../../support/services/own-instance.ts'

export type Answering = (request: IncomingMessage, response: ServerResponse) => void

/** A server of this process that can be broken off in the middle of an answer as kill -9 does, and comes back where it was. */
export async function httpFixture(answering: Answering): Promise<OwnInstance> {
  let server = await listening(answering, 0)
  const { port } = server.address() as AddressInfo
  const end = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => void server.close(() => resolve()))
  }
  return {
    running: { address: `http://127.0.0.1:${port}`, settings: {}, pid: process.pid },
    kill: end,
    async restart() {
      server = await listening(answering, port)
    },
    stop: end,
  }
}

async function listening(answering: Answering, port: number): Promise<Server> {
  const server = createServer(answering)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return server
}
