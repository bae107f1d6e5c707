import { SourceError } from '../../src/contracts/indicator-adapter.ts'

export interface Address {
  scheme: string
  host: string
  port: number
}

const usualPorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  mqtt: 1883,
  mqtts: 8883,
  nats: 4222,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mariadb: 3306,
}

/** The address in a text such as mqtt://broker:1883/path, or undefined. A name and password in it are no part of it. */
export function addressIn(text: string): Address | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return undefined
  const { protocol, hostname, port } = new URL(text)
  const scheme = protocol.slice(0, -1).toLowerCase()
  const number = port === '' ? usualPorts[scheme] : Number(port)
  if (hostname === '' || number === undefined) return undefined
  return { scheme, host: hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1'), port: number }
}

export function addressText({ scheme, host, port }: Address): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Every address in a source's settings, in one form; nothing else may be reached. */
export function addressesIn(settings: unknown): Set<string> {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    const address = typeof value === 'string' ? addressIn(value) : undefined
    if (address) found.add(addressText(address))
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit)
  }
  visit(settings)
  return found
}

/** The address, where the source's settings name it. Throws SourceError, without any password that stood in the text. */
export function allowedAddress(text: string, allowed: ReadonlySet<string>): Address {
  const address = addressIn(text)
  if (!address) throw new SourceError('an address looks like tcp://host:port')
  if (!allowed.has(addressText(address)))
    throw new SourceError(`${addressText(address)} is not an address of this source`)
  return address
}
