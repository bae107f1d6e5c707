import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'

export interface ReferencePage {
  path: string
  type: string
  body: string | Buffer
}

/** Serves reference pages as the gateway serves its own: gzip, kept by the browser for a year where the name is hashed. */
export async function serveReference(
  pages: readonly ReferencePage[],
  stream?: (write: (data: string) => void) => () => void,
) {
  const ready = new Map(
    pages.map(({ path, type, body }) => [path, { type, bytes: gzipSync(body, { level: 9 }) }]),
  )
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!
    if (path === '/stream' && stream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const stop = stream((data) => void response.write(`data: ${data}\n\n`))
      request.once('close', stop)
      return
    }
    const page = ready.get(path)
    if (!page) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': page.type,
      'content-encoding': 'gzip',
      'content-length': page.bytes.length,
      'cache-control': path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable',
    })
    response.end(page.bytes)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}
