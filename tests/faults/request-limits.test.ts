import { request as ask } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type GatewayProcess } from '../support/gateway-process.ts'

let gateway: GatewayProcess
beforeAll(async () => void (gateway = await startGateway()), 180_000)
afterAll(() => gateway.stop())

/** Status of a POST to the commands whose body is written piece by piece, without a length, until answered. */
function pour(piece: string, pieces: number, headers: Record<string, string>): Promise<number> {
  return new Promise((done, fail) => {
    const request = ask(`${gateway.url}/api/commands`, { method: 'POST', headers }, (response) => {
      response.resume()
      done(response.statusCode ?? 0)
    })
    request.on('error', fail)
    for (let sent = 0; sent < pieces; sent++) request.write(piece)
    request.end()
  })
}

test('a body without a length is refused as soon as it is too long', async () => {
  const json = { 'content-type': 'application/json' }
  expect(await pour('x'.repeat(20_000), 20, json)).toBe(413)
  expect(await pour('x'.repeat(200_000), 50, json).catch(() => 413), 'or hung up on').toBe(413)
  expect(await pour('{}', 1, json), 'a short one is read, and is no command').toBe(422)
})

test('a form of a foreign page is not read at all', async () => {
  expect(await pour('{}', 1, { 'content-type': 'text/plain' })).toBe(415)
  expect(await pour('{}', 1, { 'content-type': 'application/json', origin: 'http://evil.example' })).toBe(403)
})

test('a name that was made to point here is not answered', async () => {
  expect(await pour('{}', 1, { 'content-type': 'application/json', host: 'evil.example' })).toBe(403)
})
