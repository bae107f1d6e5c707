import { type BrowserContext, test as base, expect } from '@playwright/test'

/** Every test of a browser: a page that asks any other origin than its own, or is stopped from it by its policy, fails its test. */
export const test = base.extend({
  context: async ({ context }, use) => {
    const foreign = foreignAsks(context)
    await use(context)
    expect(foreign(), 'asked of other machines').toEqual([])
  },
})

export { expect }

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/

/** What pages and their workers ask of an origin that no page of this context was opened at. */
function foreignAsks(context: BrowserContext): () => string[] {
  const own = new Set<string>()
  const asked = new Map<string, string>()
  const note = (address: string): void => {
    const { origin, protocol } = new URL(address.replace(/^ws/, 'http'))
    if (protocol.startsWith('http') && !asked.has(origin)) asked.set(origin, address)
  }
  context.on('request', (request) => {
    const { hostname, origin } = new URL(request.url())
    if (request.isNavigationRequest() && LOOPBACK.test(hostname)) own.add(origin)
    note(request.url())
  })
  context.on('page', (page) => page.on('websocket', (socket) => note(socket.url())))
  const stopped: string[] = []
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) stopped.push(message.text())
  })
  return () => [
    ...stopped,
    ...[...asked].filter(([origin]) => !own.has(origin)).map(([, address]) => address),
  ]
}
