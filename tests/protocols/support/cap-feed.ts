import { type Server, createServer } from 'node:http'

export interface Told {
  identifier: string
  sent?: string
  status?: string
  type?: string
  references?: string
  event?: string
  severity?: string
  expires?: string
  area?: string
  response?: string
}

const sender = 'warning@example.invalid'
export const referenceTo = ({ identifier, sent = usual.sent }: Told) => `${sender},${identifier},${sent}`
const usual = { sent: '2026-08-06T12:00:00+08:00' }
const county = '<geocode><valueName>GB/T 2260</valueName><value>220102</value></geocode>'

export function messageText(told: Told): string {
  const references = told.references === undefined ? '' : `<references>${told.references}</references>`
  const response = told.response === undefined ? '' : `<responseType>${told.response}</responseType>`
  return `<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${told.identifier}</identifier>
<sender>${sender}</sender><sent>${told.sent ?? usual.sent}</sent><status>${told.status ?? 'Actual'}</status>
<msgType>${told.type ?? 'Alert'}</msgType><scope>Public</scope>${references}<info><language>zh-CN</language><category>Met</category>
<event>${told.event ?? '暴雨'}</event>${response}<urgency>Expected</urgency><severity>${told.severity ?? 'Moderate'}</severity>
<certainty>Likely</certainty><expires>${told.expires ?? '2026-08-07T02:00:00+08:00'}</expires><senderName>演示发布单位</senderName>
<headline>演示预警</headline><area><areaDesc>演示区域</areaDesc>${told.area ?? county}</area></info></alert>`
}

export interface CapFeed {
  address: string
  /** What the feed names from now on. */
  tell(...messages: readonly Told[]): void
  /** What that message's address answers with instead, until the feed tells something else. */
  spoil(identifier: string, text: string): void
  /** Paths that were asked for since the last time this was called. */
  asked(): string[]
  close(): void
}

/** A fixture of the standard: an Atom feed whose entries lead to CAP messages. */
export async function capFeed(): Promise<CapFeed> {
  let messages: readonly Told[] = []
  let asked: string[] = []
  const spoilt = new Map<string, string>()
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push(path)
    const wanted = messages.find(({ identifier }) => path === `/message/${identifier}`)
    response.writeHead(path === '/feed' || wanted ? 200 : 404, { 'content-type': 'application/xml' })
    response.end(wanted ? (spoilt.get(wanted.identifier) ?? messageText(wanted)) : feedText(messages))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    address: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    tell(...told) {
      messages = told
      spoilt.clear()
    },
    spoil: (identifier, text) => void spoilt.set(identifier, text),
    asked() {
      const before = asked
      asked = []
      return before
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function feedText(messages: readonly Told[]): string {
  const entries = messages.map(
    ({ identifier, sent = usual.sent }) =>
      `<entry><id>${identifier}</id><updated>${sent}</updated><link type="application/cap+xml" href="/message/${identifier}"/></entry>`,
  )
  return `<feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`
}
