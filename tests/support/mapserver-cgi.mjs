// MapServer is a CGI program: this is the web server in front of it. Each map lies as NAME.map in the folder given, and is
// served below /NAME.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const [program = '', folder = '', port = '0'] = process.argv.slice(2)
const templates = '/usr/share/mapserver/ogcapi/templates/html-plain/'

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const name = /^\/([A-Za-z0-9_]+)/.exec(url.pathname)?.[1] ?? 'none'
  const config = join(folder, `${name}.conf`)
  writeFileSync(
    config,
    `CONFIG\n ENV\n MS_MAP_PATTERN "."\n OGCAPI_HTML_TEMPLATE_DIRECTORY "${templates}"\n END\n MAPS\n ${name} "${join(folder, `${name}.map`)}"\n END\nEND\n`,
  )
  const child = spawn(program, [], {
    env: {
      MAPSERVER_CONFIG_FILE: config,
      REQUEST_METHOD: request.method ?? 'GET',
      QUERY_STRING: url.search.slice(1),
      PATH_INFO: url.pathname,
      SERVER_NAME: '127.0.0.1',
      SERVER_PORT: port,
      SERVER_PROTOCOL: 'HTTP/1.1',
      SCRIPT_NAME: '',
      HTTP_ACCEPT: request.headers.accept ?? '',
    },
  })
  /** @type {Buffer[]} */
  const pieces = []
  child.stdout.on('data', (piece) => pieces.push(piece))
  child.on('error', () => response.writeHead(500).end())
  child.on('close', () => {
    const whole = Buffer.concat(pieces)
    const end = whole.indexOf('\r\n\r\n')
    const headers = Object.fromEntries(
      whole
        .subarray(0, Math.max(0, end))
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.split(/:\s*/, 2)),
    )
    const { Status: status = '200', ...rest } = headers
    response.writeHead(end === -1 ? 500 : Number(status.slice(0, 3)), rest)
    response.end(whole.subarray(end + 4))
  })
}).listen(Number(port), '127.0.0.1')
